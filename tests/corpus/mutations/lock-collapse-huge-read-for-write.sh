#!/bin/sh
# page table removed under the read lock, released as a write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/mmap_write_lock\(mm\);/, "mmap_read_lock(mm);")'
