#!/bin/sh
# class: range-rounding
# function: do_madvise (mm/madvise.c)
# expect: length rounded up to PMD_SIZE instead of pages
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/len = PAGE_ALIGN\(len_in\);/, "len = ALIGN(len_in, PMD_SIZE);")'
