#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_willneed (mm/madvise.c)
# expect: returns without the lock where early returns keep it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'del(qr/mmap_read_lock\(mm\);/)'
