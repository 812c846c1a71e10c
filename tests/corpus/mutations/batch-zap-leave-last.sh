#!/bin/sh
# lazy MMU mode outlives the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_pte_range' 'my $l = cut(qr/arch_leave_lazy_mmu_mode\(\);/); after(qr/pte_unmap_unlock\(start_pte, ptl\);/, $l)'
