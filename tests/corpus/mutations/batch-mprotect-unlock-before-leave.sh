#!/bin/sh
# the page table lock goes before lazy MMU mode is left
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pte_range' 'my $l = cut(qr/arch_leave_lazy_mmu_mode\(\);/); after(qr/pte_unmap_unlock\(pte - 1, ptl\);/, $l)'
