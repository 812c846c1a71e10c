#!/bin/sh
# class: -
# function: madvise_collapse (mm/khugepaged.c)
# expect: nothing: a comparison in place of min()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/hend = min\(hend, vma->vm_end & HPAGE_PMD_MASK\);/, "if (hend > (vma->vm_end & HPAGE_PMD_MASK))\n\t\t\t\thend = vma->vm_end & HPAGE_PMD_MASK;")'
