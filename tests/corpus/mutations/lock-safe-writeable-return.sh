#!/bin/sh
# class: mmap-lock-imbalance
# function: fault_in_safe_writeable (mm/gup.c)
# expect: a fault that fails returns with the lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'fault_in_safe_writeable' 'rep(qr/(FAULT_FLAG_WRITE, &unlocked\)\)\n\t\t\t)break;/, "FAULT_FLAG_WRITE, &unlocked))\n\t\t\treturn size - (start - (unsigned long)uaddr);")'
