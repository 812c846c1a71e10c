#!/bin/sh
# the page offset is read after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $o = cut(qr/offset = \(loff_t\)\(start - vma->vm_start\)/); after(qr/mmap_read_unlock\(mm\);/, $o)'
