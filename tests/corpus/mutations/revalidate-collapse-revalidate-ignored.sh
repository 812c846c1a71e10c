#!/bin/sh
# class: missing-revalidation
# function: madvise_collapse (mm/khugepaged.c)
# expect: result of hugepage_vma_revalidate() ignored after the relock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/if \(result  != SCAN_SUCCEED\)/)'
