#!/bin/sh
# class: walk-progress
# function: __mm_populate (mm/gup.c)
# expect: a short count skips the rest of the VMA
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'del(qr/nend = nstart \+ ret \* PAGE_SIZE;/)'
