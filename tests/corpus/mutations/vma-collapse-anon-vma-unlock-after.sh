#!/bin/sh
# class: stale-vma-use
# function: collapse_huge_page (mm/khugepaged.c)
# expect: second hugepage_vma_revalidate() removed: vma from before the unlock is used under the write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/result = hugepage_vma_revalidate\(/, 2); del(qr/if \(result != SCAN_SUCCEED\)/, 5)'
