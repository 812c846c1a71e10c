#!/bin/sh
# the page read in is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'swapin_walk_pmd_entry' 'del(qr/if \(page\)\n/)'
