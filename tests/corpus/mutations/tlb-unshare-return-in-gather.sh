#!/bin/sh
# a return in the middle of the gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'move_hugetlb_page_tables' 'rep(qr/if \(!dst_pte\)\n\t\t\tbreak;/, "if (!dst_pte)\n\t\t\treturn 0;")'
