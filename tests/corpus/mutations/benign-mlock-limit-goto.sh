#!/bin/sh
# class: BENIGN
# function: do_mlock (mm/mlock.c)
# expect: the limit test goes to the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'do_mlock' 'rep(qr/if \(\(locked <= lock_limit\) \|\| capable\(CAP_IPC_LOCK\)\)\s*error = apply_vma_lock_flags\(start, len, flags\);\n/, "if ((locked > lock_limit) && !capable(CAP_IPC_LOCK))\n\t\tgoto out;\n\terror = apply_vma_lock_flags(start, len, flags);\nout:");'
