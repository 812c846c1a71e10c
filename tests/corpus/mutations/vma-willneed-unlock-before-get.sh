#!/bin/sh
# class: stale-vma-use
# function: madvise_willneed (mm/madvise.c)
# expect: willneed unlock before get
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $t = cut(qr/offset = \(loff_t\)/); after(qr/mmap_read_unlock\(mm\)/, $t)'
