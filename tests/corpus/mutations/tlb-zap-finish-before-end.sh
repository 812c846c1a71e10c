#!/bin/sh
# gather finished before the notifier range ends
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range' 'my $f = cut(qr/tlb_finish_mmu\(&tlb\);/); before(qr/mmu_notifier_invalidate_range_end/, $f)'
