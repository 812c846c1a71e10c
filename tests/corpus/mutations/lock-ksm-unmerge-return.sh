#!/bin/sh
# class: mmap-lock-imbalance
# function: unmerge_and_remove_all_rmap_items (mm/ksm.c)
# expect: an error returns with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'unmerge_and_remove_all_rmap_items' 'rep(qr/goto error;/, "return err;")'
