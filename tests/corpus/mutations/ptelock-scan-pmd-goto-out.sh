#!/bin/sh
# class: pte-lock
# function: hpage_collapse_scan_pmd (mm/khugepaged.c)
# expect: leaves with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hpage_collapse_scan_pmd' 'rep(qr/result = SCAN_PAGE_NULL;\s*goto out_unmap;/, "result = SCAN_PAGE_NULL;\n\t\t\tgoto out;");'
