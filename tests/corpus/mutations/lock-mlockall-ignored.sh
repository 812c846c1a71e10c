#!/bin/sh
# class: mmap-lock-imbalance
# function: __do_sys_mlockall (mm/mlock.c)
# expect: the result of the killable lock is not looked at
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'SYSCALL_DEFINE1\(mlockall' 'rep(qr/if \(mmap_write_lock_killable\(current->mm\)\)\n\s*return -EINTR;/, "mmap_write_lock_killable(current->mm);")'
