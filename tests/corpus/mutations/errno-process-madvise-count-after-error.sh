#!/bin/sh
# the ranges that were done are not told after an error
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/ret = \(total_len - iov_iter_count\(&iter\)\) \? : ret;/, "if (!ret)\n\t\tret = total_len - iov_iter_count(&iter);")'
