#!/bin/sh
# class: errno-contract
# function: madvise_walk_vmas (mm/madvise.c)
# expect: a range whose end is not mapped succeeds
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(!vma\)\s*return -ENOMEM;/, "if (!vma)\n\t\t\tbreak;");'
