#!/bin/sh
# class: errno-contract
# function: madvise_set_anon_name (mm/madvise.c)
# expect: EFAULT for an unaligned start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_set_anon_name' 'rep(qr/return -EINVAL;/, "return -EFAULT;", 1)'
