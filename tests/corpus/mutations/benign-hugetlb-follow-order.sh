#!/bin/sh
# benign: hugetlb follow order
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'follow_hugetlb_page' 'rep(qr/\t\tvaddr \+= \(refs << PAGE_SHIFT\);\n\t\tremainder -= refs;\n\t\ti \+= refs;\n/, "\t\ti += refs;\n\t\tremainder -= refs;\n\t\tvaddr += (refs << PAGE_SHIFT);\n")'
