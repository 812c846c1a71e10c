#!/bin/sh
# the range is not closed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" '__split_huge_pud' 'del(qr/mmu_notifier_invalidate_range_only_end\(&range\);/)'
