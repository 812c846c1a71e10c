#!/bin/sh
# class: stale-prev
# function: madvise_pageout (mm/madvise.c)
# expect: *prev is set only after the early returns: the walker goes on from the VMA before
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'my $s = cut(qr/\*prev = vma;/); before(qr/lru_add_drain\(\);/, $s)'
