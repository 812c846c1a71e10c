#!/bin/sh
# class: behavior-matrix
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: MADV_POPULATE_READ takes the write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'delln(qr/case MADV_POPULATE_READ:/)'
