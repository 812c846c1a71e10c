#!/bin/sh
# class: range-rounding
# function: madvise_free_single_vma (mm/madvise.c)
# expect: the whole VMA is freed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/min\(vma->vm_end, end_addr\)/, "vma->vm_end")'
