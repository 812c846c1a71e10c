#!/bin/sh
# class: sleep-in-atomic
# function: madvise_free_pte_range (mm/madvise.c)
# expect: free folio lock under ptl
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/if \(!folio_trylock\(folio\)\)\n\t\t\t\tcontinue;/, "folio_lock(folio);")'
