#!/bin/sh
# a huge page is split under the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'my $u = cut(qr/pte_unmap_unlock\(orig_pte, ptl\);/, 1); rep(qr/if \(split_huge_page\(page\)\) \{\n/, "if (split_huge_page(page)) {\n$u"); rep(qr/unlock_page\(page\);\n\t\t\tput_page\(page\);\n\t\t\torig_pte = pte =/, "pte_unmap_unlock(orig_pte, ptl);\n\t\t\tunlock_page(page);\n\t\t\tput_page(page);\n\t\t\torig_pte = pte =")'
