#!/bin/sh
# an element of length zero stays
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/iov_iter_advance\(&iter, iovec\.iov_len\);/, "iov_iter_advance(&iter, 0);")'
