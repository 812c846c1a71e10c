#!/bin/sh
# the lock goes before lazy mode ends
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'copy_pte_range' 'my $a = cut(qr/arch_leave_lazy_mmu_mode\(\);/); after(qr/spin_unlock\(src_ptl\);/, $a)'
