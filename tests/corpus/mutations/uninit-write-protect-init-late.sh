#!/bin/sh
# the range is started before it is filled in
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'write_protect_page' 'my $i = cut(qr/mmu_notifier_range_init\(&range/); after(qr/mmu_notifier_invalidate_range_start\(&range\);/, $i)'
