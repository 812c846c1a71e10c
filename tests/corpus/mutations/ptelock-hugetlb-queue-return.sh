#!/bin/sh
# class: pte-lock
# function: queue_pages_hugetlb (mm/mempolicy.c)
# expect: ptelock hugetlb queue return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'queue_pages_hugetlb' 'rep(qr/\tif \(!pte_present\(entry\)\)\n\t\tgoto unlock;/, "\tif (!pte_present(entry))\n\t\treturn 0;")'
