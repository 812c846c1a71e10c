#!/bin/sh
# a VMA that cannot be paged out is -EINVAL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'rep(qr/return -EINVAL;/, "return -EBUSY;")'
