#!/bin/sh
# the address of the pointer for the pointer
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout_page_range' 'rep(qr/tlb_end_vma\(tlb, vma\)/, "tlb_end_vma(&tlb, vma)")'
