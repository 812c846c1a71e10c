#!/bin/sh
# class: mmap-lock-imbalance
# function: fault_in_safe_writeable (mm/gup.c)
# expect: a lock taken for reading is released for writing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fault_in_safe_writeable' 'rep(qr/mmap_read_unlock\(mm\)/, "mmap_write_unlock(mm)")'
