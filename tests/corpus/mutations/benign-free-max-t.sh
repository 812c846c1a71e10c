#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_free_single_vma (mm/madvise.c)
# change: max/min replaced by max_t/min_t
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/max\(vma->vm_start, start_addr\)/, "max_t(unsigned long, vma->vm_start, start_addr)"); rep(qr/min\(vma->vm_end, end_addr\)/, "min_t(unsigned long, vma->vm_end, end_addr)")'
