#!/bin/sh
# class: page-ref-leak
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: cold put before unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/(?m)^\t\t\tunlock_page\(page\);\n\t\t\tput_page\(page\);\n\t\t\torig_pte/, "\t\t\tput_page(page);\n\t\t\tunlock_page(page);\n\t\t\torig_pte")'
