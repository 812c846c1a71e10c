#!/bin/sh
# class: mmap-lock-imbalance
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: an error return with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/goto out;/, "return -ENOMEM;", 1)'
