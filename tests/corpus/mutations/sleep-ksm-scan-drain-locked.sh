#!/bin/sh
# class: sleep-in-atomic
# function: scan_get_next_rmap_item (mm/ksm.c)
# expect: lru_add_drain_all() under ksm_mmlist_lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'scan_get_next_rmap_item' 'my $d = cut(qr/lru_add_drain_all\(\);/); after(qr/spin_lock\(&ksm_mmlist_lock\);/, $d, 1)'
