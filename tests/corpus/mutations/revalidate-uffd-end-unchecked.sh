#!/bin/sh
# class: missing-revalidation
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: revalidate uffd end unchecked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'rep(qr/dst_vma = find_dst_vma\(dst_mm, dst_start, len\);/, "dst_vma = vma_lookup(dst_mm, dst_start);")'
