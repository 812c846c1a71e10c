#!/bin/sh
# class: notifier-range-uninit
# function: try_to_migrate_one (mm/rmap.c)
# expect: the range is announced before it is set up
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'try_to_migrate_one' 'my $s = cut(qr/mmu_notifier_invalidate_range_start\(&range\);/); before(qr/range\.end = vma_address_end\(&pvmw\);/, $s)'
