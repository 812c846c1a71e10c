#!/bin/sh
# class: sleep-in-atomic
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: the other CPUs are waited for under the pte lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/\t\tif \(!PageLRU\(page\) \|\| page_mapcount\(page\) != 1\)\n/, "\t\tif (!PageLRU(page))\n\t\t\tlru_add_drain_all();\n\t\tif (!PageLRU(page) || page_mapcount(page) != 1)\n")'
