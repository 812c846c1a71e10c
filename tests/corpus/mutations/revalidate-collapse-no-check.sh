#!/bin/sh
# class: missing-revalidation
# function: hugepage_vma_revalidate (mm/khugepaged.c)
# expect: whether the new VMA may be collapsed is not asked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hugepage_vma_revalidate' 'del(qr/if \(!hugepage_vma_check\(/)'
