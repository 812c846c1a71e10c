#!/bin/sh
# class: sleep-in-atomic
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: the pages are reclaimed under the pmd lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/(huge_unlock:\n)\t\tspin_unlock\(ptl\);\n(\t\tif \(pageout\)\n\t\t\treclaim_pages\(&page_list\);\n)/, "huge_unlock:\n\t\tif (pageout)\n\t\t\treclaim_pages(&page_list);\n\t\tspin_unlock(ptl);\n")'
