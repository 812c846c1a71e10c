#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_dontneed_free (mm/madvise.c)
# expect: mmap_lock not retaken after userfaultfd_remove()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'del(qr/mmap_read_lock\(mm\);/)'
