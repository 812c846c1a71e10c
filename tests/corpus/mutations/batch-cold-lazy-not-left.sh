#!/bin/sh
# class: lock-dropped-in-batch
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: pte lock dropped inside lazy MMU mode at the end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'del(qr/arch_leave_lazy_mmu_mode\(\);/)'
