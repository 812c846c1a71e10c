#!/bin/sh
# class: missing-revalidation
# function: hugepage_vma_revalidate (mm/khugepaged.c)
# expect: the vma may have become a file mapping meanwhile
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hugepage_vma_revalidate' 'del(qr/if \(expect_anon/)'
