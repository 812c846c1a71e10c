#!/bin/sh
# EFAULT where nothing is mapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/return -ENOMEM;/, "return -EFAULT;")'
