#!/bin/sh
# class: notifier-unpaired
# function: hugetlb_change_protection (mm/hugetlb.c)
# expect: a failed allocation leaves without the end of the range and the gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_change_protection' 'rep(qr/if \(!ptep\)\n\t\t\t\tbreak;/, "if (!ptep)\n\t\t\t\treturn -ENOMEM;")'
