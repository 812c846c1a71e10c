#!/bin/sh
# class: mmap-lock-imbalance
# function: fault_in_safe_writeable (mm/gup.c)
# expect: mmap_lock never given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fault_in_safe_writeable' 'del(qr/mmap_read_unlock\(mm\);/)'
