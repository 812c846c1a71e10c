#!/bin/sh
# the start of the VMA for the start that was asked for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/range\.start = max\(vma->vm_start, start_addr\);/, "range.start = min(vma->vm_start, start_addr);")'
