#!/bin/sh
# a mapping that cannot be collapsed is -EINVAL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/return -EINVAL;/, "return -ENOMEM;")'
