#!/bin/sh
# class: lock-dropped-in-batch
# function: move_ptes (mm/mremap.c)
# expect: batch move ptes unlock first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_ptes' 'rep(qr/\tarch_leave_lazy_mmu_mode\(\);\n\tif \(force_flush\)/, "\tif (force_flush)"); rep(qr/\tpte_unmap_unlock\(old_pte - 1, old_ptl\);\n/, "\tpte_unmap_unlock(old_pte - 1, old_ptl);\n\tarch_leave_lazy_mmu_mode();\n")'
