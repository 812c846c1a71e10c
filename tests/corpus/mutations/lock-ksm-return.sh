#!/bin/sh
# returns with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'get_mergeable_page' 'rep(qr/if \(!vma\)\n\t\tgoto out;/, "if (!vma)\n\t\treturn NULL;")'
