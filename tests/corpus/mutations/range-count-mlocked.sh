#!/bin/sh
# class: range-overflow
# function: count_mm_mlocked_page_nr (mm/mlock.c)
# expect: range count mlocked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'count_mm_mlocked_page_nr' 'rep(qr/\tif \(unlikely\(ULONG_MAX - len < start\)\)\n\t\tend = ULONG_MAX;\n\telse\n\t\tend = start \+ len;/, "\tend = start + len;")'
