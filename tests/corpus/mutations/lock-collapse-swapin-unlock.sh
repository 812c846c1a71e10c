#!/bin/sh
# class: mmap-lock-imbalance
# function: collapse_huge_page (mm/khugepaged.c)
# expect: lock collapse swapin unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/\tif \(result != SCAN_SUCCEED\)\n\t\tgoto out_up_write;\n\t\/\* check/, "\tif (result != SCAN_SUCCEED)\n\t\tgoto out_nolock;\n\t/* check")'
