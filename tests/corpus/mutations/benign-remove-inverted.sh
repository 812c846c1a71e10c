#!/bin/sh
# BENIGN: what the lock needs is remembered first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/if \(userfaultfd_remove\(vma, start, end\)\) \{/, "held = userfaultfd_remove(vma, start, end);\n\tif (held) {"); rep(qr/\tint error;/, "\tint error;\n\tbool held;")'
