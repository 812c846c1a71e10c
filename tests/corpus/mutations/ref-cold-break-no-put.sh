#!/bin/sh
# a page that cannot be split keeps the reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/unlock_page\(page\);\n\t\t\t\tput_page\(page\);\n\t\t\t\torig_pte/, "unlock_page(page);\n\t\t\t\torig_pte")'
