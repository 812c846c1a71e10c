#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_dontneed_free (mm/madvise.c)
# expect: find_vma() before the lock is retaken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'my $l = cut(qr/mmap_read_lock\(mm\);/); before(qr/if \(start < vma->vm_start\)/, $l)'
