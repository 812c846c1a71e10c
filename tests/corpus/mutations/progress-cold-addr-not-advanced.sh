#!/bin/sh
# the address only ever goes back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/pte\+\+, addr \+= PAGE_SIZE\)/, "pte++)")'
