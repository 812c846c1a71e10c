#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: start is set to the end of the part after it was moved to the end of prev, so it may go back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'my $t = cut(qr/start = tmp;/); before(qr/if \(start >= end\)\n\t\t\tbreak;\n\t\tif \(prev\)/, $t);'
