#!/bin/sh
# class: missing-revalidation
# function: hugepage_vma_revalidate (mm/khugepaged.c)
# expect: does not ask whether the huge page lies within the vma that was found
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hugepage_vma_revalidate' 'del(qr/if \(!transhuge_vma_suitable/)'
