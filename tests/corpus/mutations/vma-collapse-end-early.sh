#!/bin/sh
# the VMA is looked at before it is looked up again
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'my $h = cut(qr/hend = min\(hend, vma->vm_end & HPAGE_PMD_MASK\);/); before(qr/result = hugepage_vma_revalidate/, $h)'
