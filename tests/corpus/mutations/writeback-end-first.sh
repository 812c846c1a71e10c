#!/bin/sh
# the number left is given back before it is counted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'follow_hugetlb_page' 'my $w = cut(qr/\*nr_pages = remainder;/); before(qr/while \(vaddr < vma->vm_end && remainder\)/, $w)'
