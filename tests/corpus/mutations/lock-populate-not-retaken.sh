#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_populate (mm/madvise.c)
# expect: the next round looks a VMA up without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'del(qr/mmap_read_lock\(mm\);/)'
