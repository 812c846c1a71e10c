#!/bin/sh
# class: notifier-unpaired
# function: copy_hugetlb_page_range (mm/hugetlb.c)
# expect: notifier copy hugetlb return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'copy_hugetlb_page_range' 'rep(qr/\t\tif \(!dst_pte\) \{\n\t\t\tret = -ENOMEM;\n\t\t\tbreak;\n\t\t\}/, "\t\tif (!dst_pte)\n\t\t\treturn -ENOMEM;")'
