#!/bin/sh
# the range is started and was never filled in
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'wp_page_copy' 'del(qr/mmu_notifier_range_init\(&range/)'
