#!/bin/sh
# the range is not closed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate_device.c" 'migrate_vma_collect' 'del(qr/mmu_notifier_invalidate_range_end\(&range\);/)'
