#!/bin/sh
# benign: put helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static int madvise_cold_or_pageout_pte_range\(/, "static void madvise_done(struct page *page)\n{\n\tunlock_page(page);\n\tput_page(page);\n}\n\nstatic int madvise_cold_or_pageout_pte_range("); rep(qr/unlock_page\(page\);\n\t\t\tput_page\(page\);\n\t\t\torig_pte/, "madvise_done(page);\n\t\t\torig_pte")'
