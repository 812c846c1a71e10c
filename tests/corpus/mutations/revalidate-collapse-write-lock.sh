#!/bin/sh
# nothing is asked again under the write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/result = hugepage_vma_revalidate\(mm, address, true, &vma, cc\);/, 2)'
