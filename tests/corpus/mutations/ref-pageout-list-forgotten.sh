#!/bin/sh
# isolated pages stay on a list that goes out of scope
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'del(qr/if \(pageout\)\n\s*reclaim_pages/, 2)'
