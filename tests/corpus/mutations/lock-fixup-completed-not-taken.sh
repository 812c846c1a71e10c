#!/bin/sh
# class: mmap-lock-imbalance
# function: fixup_user_fault (mm/gup.c)
# expect: returns without the lock that its callers give back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fixup_user_fault' 'del(qr/mmap_read_lock\(mm\);/, 1)'
