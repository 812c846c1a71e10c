#!/bin/sh
# a VMA of the wrong kind leaves with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/if \(!vma\)\n\t\t\tbreak;/, "if (!vma)\n\t\t\treturn -ENOMEM;")'
