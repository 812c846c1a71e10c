#!/bin/sh
# range started before it is initialised
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range' 'my $s = cut(qr/mmu_notifier_invalidate_range_start\(&range\);/); before(qr/mmu_notifier_range_init\(/, $s)'
