#!/bin/sh
# class: range-rounding
# function: madvise_walk_vmas (mm/madvise.c)
# expect: the whole VMA is visited
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'del(qr/if \(end < tmp\)/)'
