#!/bin/sh
# the page is locked before the page table lock goes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'my $u = cut(qr/spin_unlock\(ptl\);/, 1); after(qr/err = split_huge_page\(page\);/, $u)'
