#!/bin/sh
# the range is filled in on one path only
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_page_tables' 'rep(qr/\tmmu_notifier_range_init/, "\tif (need_rmap_locks)\n\t\tmmu_notifier_range_init")'
