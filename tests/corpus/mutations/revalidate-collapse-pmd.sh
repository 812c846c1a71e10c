#!/bin/sh
# the pmd is not looked at again under the write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/\tresult = check_pmd_still_valid\(mm, address, pmd\);\n\tif \(result != SCAN_SUCCEED\)\n\t\tgoto out_up_write;\n/, "")'
