#!/bin/sh
# class: page-ref-leak
# function: collapse_pte_mapped_thp (mm/khugepaged.c)
# expect: the huge page is kept when it is no head
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_pte_mapped_thp' 'rep(qr/goto drop_hpage;/, "return result;", 1)'
