#!/bin/sh
# class: mmap-lock-imbalance
# function: do_mlock (mm/mlock.c)
# expect: the limit test returns with mmap_lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'do_mlock' 'rep(qr/if \(\(locked <= lock_limit\) \|\| capable\(CAP_IPC_LOCK\)\)\s*error = /, "if ((locked > lock_limit) && !capable(CAP_IPC_LOCK))\n\t\treturn error;\n\terror = ");'
