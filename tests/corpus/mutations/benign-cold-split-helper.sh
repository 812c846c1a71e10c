#!/bin/sh
# lock, split and put of MADV_COLD on a huge page moved into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/(?=^static int madvise_cold_or_pageout_pte_range\()/m, "static int split_locked(struct page *page)\n{\n\tint err;\n\n\tlock_page(page);\n\terr = split_huge_page(page);\n\tunlock_page(page);\n\tput_page(page);\n\treturn err;\n}\n\n"); rep(qr/lock_page\(page\);\n\s*err = split_huge_page\(page\);\n\s*unlock_page\(page\);\n\s*put_page\(page\);\n\s*if \(!err\)/, "err = split_locked(page);\n\t\t\tif (!err)")'
