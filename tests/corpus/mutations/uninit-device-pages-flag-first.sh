#!/bin/sh
# class: notifier-range-uninit
# function: remove_device_exclusive_entry (mm/memory.c)
# expect: started before it is initialised
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remove_device_exclusive_entry' 'my $s = cut(qr/mmu_notifier_invalidate_range_start\(&range\);/); before(qr/\tmmu_notifier_range_init_owner/, $s)'
