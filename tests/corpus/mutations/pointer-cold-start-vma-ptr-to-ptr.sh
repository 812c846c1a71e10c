#!/bin/sh
# &tlb (struct mmu_gather **) in tlb_start_vma()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_page_range' 'rep(qr/tlb_start_vma\(tlb, vma\)/, "tlb_start_vma(&tlb, vma)")'
