#!/bin/sh
# class: stale-vma-use
# function: __mcopy_atomic_hugetlb (mm/userfaultfd.c)
# expect: dst_vma used after the lock was dropped and retaken, no lookup
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic_hugetlb' 'del(qr/dst_vma = NULL;/)'
