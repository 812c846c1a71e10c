#!/bin/sh
# class: missing-revalidation
# function: collapse_huge_page (mm/khugepaged.c)
# expect: pmd found under the read lock not checked again under the write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/result = check_pmd_still_valid\(/); del(qr/if \(result != SCAN_SUCCEED\)/, 5)'
