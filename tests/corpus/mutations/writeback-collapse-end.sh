#!/bin/sh
# class: useless-writeback
# function: madvise_dontneed_free (mm/madvise.c)
# expect: the end is stored before it is clamped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/unsigned long end,/, "unsigned long *pend,"); rep(qr/struct mm_struct \*mm = vma->vm_mm;/, "struct mm_struct *mm = vma->vm_mm;\n\tunsigned long end = *pend;"); before(qr/end = vma->vm_end;/, "\t\t\t*pend = end;\n")' && \
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/madvise_dontneed_free\(vma, prev, start, end/, "madvise_dontneed_free(vma, prev, start, &end")'
