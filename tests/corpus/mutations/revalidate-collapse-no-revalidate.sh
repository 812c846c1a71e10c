#!/bin/sh
# vma used after relock without hugepage_vma_revalidate()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/result = hugepage_vma_revalidate/); del(qr/if \(result  != SCAN_SUCCEED\)/)'
