#!/bin/sh
# class: range-rounding
# function: madvise_free_single_vma (mm/madvise.c)
# expect: rounding free end vma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/range\.end = min\(vma->vm_end, end_addr\);/, "range.end = vma->vm_end;")'
