#!/bin/sh
# class: BENIGN
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: two tests joined, none is a subset of absent
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/if \(pte_none\(ptent\)\)\s*continue;\s*if \(!pte_present\(ptent\)\)/, "if (pte_none(ptent) || !pte_present(ptent))");'
