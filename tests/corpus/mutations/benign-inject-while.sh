#!/bin/sh
# BENIGN: for becomes while
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/for \(; start < end; start \+= size\) \{/, "while (start < end) {"); rep(qr/if \(ret\)\n\t\t\treturn ret;\n\t\}/, "if (ret)\n\t\t\treturn ret;\n\t\tstart += size;\n\t}")'
