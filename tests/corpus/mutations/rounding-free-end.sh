#!/bin/sh
# the larger of two ends is taken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/min\(vma->vm_end, end_addr\)/, "max(vma->vm_end, end_addr)")'
