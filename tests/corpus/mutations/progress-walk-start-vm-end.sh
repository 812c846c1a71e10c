#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: walk start vm end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/start = tmp;/, "start = end;")'
