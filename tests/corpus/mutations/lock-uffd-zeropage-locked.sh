#!/bin/sh
# class: mmap-lock-imbalance
# function: __mcopy_atomic_hugetlb (mm/userfaultfd.c)
# expect: return with mmap_lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic_hugetlb' 'del(qr/mmap_read_unlock\(dst_mm\);/, 1)'
