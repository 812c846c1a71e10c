#!/bin/sh
# class: walk-progress
# function: __do_sys_msync (mm/msync.c)
# expect: start is set only where there was a hole
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'del(qr/start = vma->vm_end;/)'
