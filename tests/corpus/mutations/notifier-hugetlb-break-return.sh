#!/bin/sh
# class: notifier-unpaired
# function: hugetlb_change_protection (mm/hugetlb.c)
# expect: notifier hugetlb break return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_change_protection' 'rep(qr/\t\t\tif \(!ptep\)\n\t\t\t\tbreak;/, "\t\t\tif (!ptep)\n\t\t\t\treturn pages;")'
