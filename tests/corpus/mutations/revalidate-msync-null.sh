#!/bin/sh
# class: missing-revalidation
# function: __do_sys_msync (mm/msync.c)
# expect: the VMA found after the flush is not checked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'del(qr/if \(!vma\)/)'
