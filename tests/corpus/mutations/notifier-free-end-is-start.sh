#!/bin/sh
# class: notifier-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: free end is start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/mmu_notifier_invalidate_range_end\(/, "mmu_notifier_invalidate_range_start(")'
