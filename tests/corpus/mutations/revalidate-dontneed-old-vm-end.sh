#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: the end is clamped to the bound of the VMA from before the drop
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/struct mm_struct \*mm = vma->vm_mm;/, "struct mm_struct *mm = vma->vm_mm;\n\tunsigned long vm_end = vma->vm_end;"); rep(qr/if \(end > vma->vm_end\)/, "if (end > vm_end)"); rep(qr/\tend = vma->vm_end;/, "\tend = vm_end;")'
