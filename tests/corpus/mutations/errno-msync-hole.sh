#!/bin/sh
# EFAULT for addresses that are not mapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'rep(qr/unmapped_error = -ENOMEM;/, "unmapped_error = -EFAULT;")'
