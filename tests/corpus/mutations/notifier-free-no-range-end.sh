#!/bin/sh
# range start without end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'del(qr/mmu_notifier_invalidate_range_end\(&range\);/)'
