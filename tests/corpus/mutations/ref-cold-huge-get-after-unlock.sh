#!/bin/sh
# class: page-ref-leak
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: reference taken after the lock that keeps the page is dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'my $g = cut(qr/get_page\(page\);/, 1); after(qr/spin_unlock\(ptl\);/, $g, 1)'
