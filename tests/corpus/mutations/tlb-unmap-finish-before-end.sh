#!/bin/sh
# finished before the end of the notifier range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'my $f = cut(qr/tlb_finish_mmu\(&tlb\);/); before(qr/mmu_notifier_invalidate_range_end\(&range\);/, $f)'
