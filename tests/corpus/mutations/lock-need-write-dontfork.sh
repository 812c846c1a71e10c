#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: VMAs are changed under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'before(qr/case MADV_COLD:/, "\tcase MADV_DONTFORK:\n")'
