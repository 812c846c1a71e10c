#!/bin/sh
# EFAULT for addresses that are not mapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(!vma\)\n\t\t\treturn -ENOMEM;/, "if (!vma)\n\t\t\treturn -EFAULT;")'
