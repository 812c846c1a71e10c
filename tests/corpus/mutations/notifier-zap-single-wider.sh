#!/bin/sh
# more is unmapped than was announced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'rep(qr/unmap_single_vma\(&tlb, vma, address, end, details\)/, "unmap_single_vma(&tlb, vma, vma->vm_start, vma->vm_end, details)")'
