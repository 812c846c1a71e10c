#!/bin/sh
# class: sleep-in-atomic
# function: copy_hugetlb_page_range (mm/hugetlb.c)
# expect: sleep copy hugetlb alloc locked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'copy_hugetlb_page_range' 'rep(qr/\t\t\t\tspin_unlock\(src_ptl\);\n\t\t\t\tspin_unlock\(dst_ptl\);\n\t\t\t\t\/\* Do not/, "\t\t\t\t/* Do not"); rep(qr/\t\t\t\tcopy_user_huge_page\(new/, "\t\t\t\tspin_unlock(src_ptl);\n\t\t\t\tspin_unlock(dst_ptl);\n\t\t\t\tcopy_user_huge_page(new")'
