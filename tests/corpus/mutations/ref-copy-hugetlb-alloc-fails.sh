#!/bin/sh
# class: page-ref-leak
# function: copy_hugetlb_page_range (mm/hugetlb.c)
# expect: ref copy hugetlb alloc fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'copy_hugetlb_page_range' 'rep(qr/\t\t\t\tif \(IS_ERR\(new\)\) \{\n\t\t\t\t\tput_page\(ptepage\);\n/, "\t\t\t\tif (IS_ERR(new)) {\n")'
