#!/bin/sh
# the failed split leaves the loop unlocked: unlocked twice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'del(qr/orig_pte = pte_offset_map_lock/)'
