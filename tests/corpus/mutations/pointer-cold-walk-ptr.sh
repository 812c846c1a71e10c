#!/bin/sh
# class: pointer-level
# function: madvise_cold_page_range (mm/madvise.c)
# expect: the address of the pointer to the gather as data
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_page_range' 'rep(qr/&walk_private\);/, "&tlb);")'
