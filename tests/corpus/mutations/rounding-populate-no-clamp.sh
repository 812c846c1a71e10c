#!/bin/sh
# class: range-rounding
# function: madvise_populate (mm/madvise.c)
# expect: the whole VMA is populated
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/min_t\(unsigned long, end, vma->vm_end\)/, "vma->vm_end")'
