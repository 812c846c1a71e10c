#!/bin/sh
# class: mmap-lock-imbalance
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: lock taken again by the retry without having been dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'del(qr/mmap_read_unlock\(dst_mm\);/, 1)'
