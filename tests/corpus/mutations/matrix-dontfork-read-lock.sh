#!/bin/sh
# class: behavior-matrix
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: flags of a VMA are changed under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'before(qr/return 0;/, "\tcase MADV_DONTFORK:\n")'
