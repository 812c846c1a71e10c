#!/bin/sh
# class: sleep-in-atomic
# function: hugetlb_wp (mm/hugetlb.c)
# expect: alloc_huge_page() under the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_wp' 'my $u = cut(qr/spin_unlock\(ptl\);/, 1); after(qr/new_page = alloc_huge_page\(/, $u)'
