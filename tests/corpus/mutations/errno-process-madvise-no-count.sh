#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: the number of bytes done is never returned
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'del(qr/ret = \(total_len - iov_iter_count/)'
