#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_walk_vmas (mm/madvise.c)
# change: the next address is taken before the error test
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'my $s = cut(qr/start = tmp;/); before(qr/if \(error\)\n/, $s)'
