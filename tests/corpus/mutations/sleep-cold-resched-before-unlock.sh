#!/bin/sh
# class: sleep-in-atomic
# function: madvise_cold_or_pageout_pte_range (mm/madvise.c)
# expect: cold resched before unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_or_pageout_pte_range' 'del(qr/(?m)^\tcond_resched\(\);/); before(qr/(?m)^\tarch_leave_lazy_mmu_mode/, "\tcond_resched();\n")'
