#!/bin/sh
# no end of the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'wp_page_copy' 'del(qr/mmu_notifier_invalidate_range_only_end/)'
