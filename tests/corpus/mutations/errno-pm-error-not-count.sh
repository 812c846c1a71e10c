#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: pm error not count
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/ret = \(total_len - iov_iter_count\(&iter\)\) \? : ret;/, "if (ret >= 0)\n\t\tret = total_len - iov_iter_count(&iter);")'
