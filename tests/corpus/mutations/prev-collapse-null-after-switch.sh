#!/bin/sh
# class: stale-prev
# function: madvise_collapse (mm/khugepaged.c)
# expect: *prev nulled after the switch: the default case leaves before
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'my $t = cut(qr/if \(!mmap_locked\)\n\t\t\t\*prev/); after(qr/switch \(result\)/, $t);'
