#!/bin/sh
# class: destructive-remote
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: pages mapped by others are paged out (side channel)
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/!PageLRU\(page\) \|\| page_mapcount\(page\) != 1/, "!PageLRU(page)")'
