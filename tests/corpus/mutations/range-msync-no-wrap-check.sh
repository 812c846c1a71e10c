#!/bin/sh
# class: range-overflow
# function: msync (mm/msync.c)
# expect: start + len may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'del(qr/if \(end < start\)/)'
