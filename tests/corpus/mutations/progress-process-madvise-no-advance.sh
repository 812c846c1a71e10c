#!/bin/sh
# the iterator is never moved on
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'del(qr/iov_iter_advance/)'
