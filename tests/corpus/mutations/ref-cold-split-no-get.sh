#!/bin/sh
# put of a reference that was never taken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'del(qr/get_page\(page\);/, 1)'
