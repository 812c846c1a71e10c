#!/bin/sh
# class: range-rounding
# function: madvise_dontneed_single_vma (mm/madvise.c)
# expect: everything up to the end of the VMA is zapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_single_vma' 'rep(qr/end - start, NULL/, "vma->vm_end - start, NULL")'
