#!/bin/sh
# class: missing-revalidation
# function: collapse_huge_page (mm/khugepaged.c)
# expect: the write lock is taken without a lookup
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/result = hugepage_vma_revalidate\(mm, address, true, &vma, cc\);/, 2); del(qr/if \(result != SCAN_SUCCEED\)\n\t\tgoto out_up_write;/, 1)'
