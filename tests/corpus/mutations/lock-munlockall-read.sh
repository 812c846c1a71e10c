#!/bin/sh
# class: mmap-lock-imbalance
# function: munlockall (mm/mlock.c)
# expect: lock munlockall read
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" '-' 'rep(qr/SYSCALL_DEFINE0\(munlockall\)\n\{\n\tint ret;\n\n\tif \(mmap_write_lock_killable\(current->mm\)\)\n\t\treturn -EINTR;\n\tret = apply_mlockall_flags\(0\);\n\tmmap_write_unlock\(current->mm\);/, "SYSCALL_DEFINE0(munlockall)\n{\n\tint ret;\n\n\tif (mmap_read_lock_killable(current->mm))\n\t\treturn -EINTR;\n\tret = apply_mlockall_flags(0);\n\tmmap_read_unlock(current->mm);")'
