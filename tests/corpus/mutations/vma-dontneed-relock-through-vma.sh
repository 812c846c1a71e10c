#!/bin/sh
# class: stale-vma-use
# function: madvise_dontneed_free (mm/madvise.c)
# expect: vma->vm_mm read after userfaultfd_remove() dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/mmap_read_lock\(mm\);/, "mmap_read_lock(vma->vm_mm);")'
