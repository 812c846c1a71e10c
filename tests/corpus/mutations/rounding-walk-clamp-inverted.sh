#!/bin/sh
# the piece grows to the end of the range instead of shrinking to it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(end < tmp\)/, "if (end > tmp)")'
