#!/bin/sh
# class: lock-dropped-in-batch
# function: migrate_vma_collect_pmd (mm/migrate_device.c)
# expect: pte lock dropped before lazy MMU mode is left
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate_device.c" 'migrate_vma_collect_pmd' 'my $l = cut(qr/arch_leave_lazy_mmu_mode\(\);/); after(qr/pte_unmap_unlock\(ptep - 1, ptl\);/, $l)'
