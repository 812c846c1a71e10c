#!/bin/sh
# class: mmap-lock-imbalance
# function: __do_sys_brk (mm/mmap.c)
# expect: a return where the others jump to the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'SYSCALL_DEFINE1\(brk' 'rep(qr/goto out;/, "return origbrk;", 1)'
