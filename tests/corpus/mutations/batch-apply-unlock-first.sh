#!/bin/sh
# class: lock-dropped-in-batch
# function: apply_to_pte_range (mm/memory.c)
# expect: batch apply unlock first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'apply_to_pte_range' 'rep(qr/\tarch_leave_lazy_mmu_mode\(\);\n\n\tif \(mm != &init_mm\)\n\t\tpte_unmap_unlock\(mapped_pte, ptl\);/, "\tif (mm != &init_mm)\n\t\tpte_unmap_unlock(mapped_pte, ptl);\n\tarch_leave_lazy_mmu_mode();")'
