#!/bin/sh
# class: errno-contract
# function: madvise_dontneed_free (mm/madvise.c)
# expect: EINVAL for a hole; madvise(2) documents ENOMEM
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/return -ENOMEM;/, "return -EINVAL;", 2)'
