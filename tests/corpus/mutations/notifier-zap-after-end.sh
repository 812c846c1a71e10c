#!/bin/sh
# the end of the range comes before the work
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'my $e = cut(qr/mmu_notifier_invalidate_range_end/); before(qr/unmap_single_vma/, $e)'
