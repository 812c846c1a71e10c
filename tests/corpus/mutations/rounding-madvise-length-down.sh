#!/bin/sh
# class: range-rounding
# function: do_madvise (mm/madvise.c)
# expect: madvise length down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/len = PAGE_ALIGN\(len_in\)/, "len = len_in & PAGE_MASK")'
