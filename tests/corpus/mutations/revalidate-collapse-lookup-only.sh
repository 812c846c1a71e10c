#!/bin/sh
# class: missing-revalidation
# function: madvise_collapse (mm/khugepaged.c)
# expect: after the relock the vma is looked up but not checked to be fit for a huge page
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/result = hugepage_vma_revalidate\(mm, addr, false, &vma,\s*cc\);\s*if \(result  != SCAN_SUCCEED\) \{/, "vma = vma_lookup(mm, addr);\n\t\t\tif (!vma) {\n\t\t\t\tresult = SCAN_VMA_NULL;");'
