#!/bin/sh
# class: -
# function: process_madvise (mm/madvise.c)
# expect: nothing: the same in other words
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/ret = \(total_len - iov_iter_count\(&iter\)\) \? : ret;/, "if (total_len - iov_iter_count(&iter))\n\t\tret = total_len - iov_iter_count(&iter);")'
