#!/bin/sh
# class: pte-lock
# function: hpage_collapse_scan_pmd (mm/khugepaged.c)
# expect: the scan of a page that is no anonymous one returns with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hpage_collapse_scan_pmd' 'rep(qr/result = SCAN_PAGE_ANON;\n\t\t\tgoto out_unmap;/, "return SCAN_PAGE_ANON;")'
