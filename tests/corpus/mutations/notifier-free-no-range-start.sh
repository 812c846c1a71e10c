#!/bin/sh
# range end without start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'del(qr/mmu_notifier_invalidate_range_start\(&range\);/)'
