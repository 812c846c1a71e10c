#!/bin/sh
# class: errno-contract
# function: madvise_pageout (mm/madvise.c)
# expect: errno pageout ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'rep(qr/if \(!can_madv_lru_vma\(vma\)\)\n\t\treturn -EINVAL;/, "if (!can_madv_lru_vma(vma))\n\t\treturn 0;")'
