#!/bin/sh
# class: notifier-unpaired
# function: collapse_and_free_pmd (mm/khugepaged.c)
# expect: page table removed without telling the notifiers
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_and_free_pmd' 'del(qr/mmu_notifier_range_init\(/); del(qr/mmu_notifier_invalidate_range_start\(/); del(qr/mmu_notifier_invalidate_range_end\(/); del(qr/struct mmu_notifier_range range;/)'
