#!/bin/sh
# the VMA from before the lock was dropped is kept
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic_hugetlb' 'del(qr/dst_vma = NULL;/)'
