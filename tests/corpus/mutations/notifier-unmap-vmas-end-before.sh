#!/bin/sh
# the pages go after the range was closed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'unmap_vmas' 'my $e = cut(qr/mmu_notifier_invalidate_range_end\(&range\);/); after(qr/mmu_notifier_invalidate_range_start\(&range\);/, $e)'
