#!/bin/sh
# rescheduled before the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'my $c = cut(qr/cond_resched\(\);/); before(qr/arch_leave_lazy_mmu_mode\(\);/, $c)'
