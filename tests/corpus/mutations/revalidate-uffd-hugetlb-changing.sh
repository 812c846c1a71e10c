#!/bin/sh
# class: missing-revalidation
# function: __mcopy_atomic_hugetlb (mm/userfaultfd.c)
# expect: mmap_changing not checked again after the relock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic_hugetlb' 'del(qr/if \(mmap_changing && atomic_read/)'
