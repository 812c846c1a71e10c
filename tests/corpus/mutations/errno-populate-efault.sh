#!/bin/sh
# one code becomes another
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/return -EFAULT;/, "return -EINVAL;")'
