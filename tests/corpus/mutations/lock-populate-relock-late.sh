#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_populate (mm/madvise.c)
# expect: errors return without the lock that the fault has dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'my $r = cut(qr/if \(!locked\) \{/); before(qr/start \+= pages \* PAGE_SIZE;/, $r)'
