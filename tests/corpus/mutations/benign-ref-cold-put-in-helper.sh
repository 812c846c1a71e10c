#!/bin/sh
# class: BENIGN
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# unlock and put of the split page become one helper; the inverted condition comes first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'before(qr/^static int madvise_cold_or_pageout_pte_range/m, "static void unlock_and_put(struct page *page)\n{\n\tunlock_page(page);\n\tput_page(page);\n}\n\n")'
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'rep(qr/unlock_page\(page\);\s*put_page\(page\);/, "unlock_and_put(page);", 1); rep(qr/unlock_page\(page\);\s*put_page\(page\);/, "unlock_and_put(page);", 1); rep(qr/unlock_page\(page\);\s*put_page\(page\);/, "unlock_and_put(page);", 1)'
