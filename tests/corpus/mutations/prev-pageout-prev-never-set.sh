#!/bin/sh
# class: stale-prev
# function: madvise_pageout (mm/madvise.c)
# expect: *prev left as the previous iteration set it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'del(qr/\*prev = vma;/)'
