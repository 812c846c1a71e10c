#!/bin/sh
# class: walk-progress
# function: process_madvise (mm/madvise.c)
# expect: the iterator is advanced by the result, which is 0
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/iov_iter_advance\(&iter, iovec\.iov_len\)/, "iov_iter_advance(&iter, ret)")'
