#!/bin/sh
# zaps the grown notifier range, more than the caller asked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'rep(qr/unmap_single_vma\(&tlb, vma, address, end, details\)/, "unmap_single_vma(&tlb, vma, range.start, range.end, details)")'
