#!/bin/sh
# BENIGN for correctness: MADV_COLD under the write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'delln(qr/case MADV_COLD:/)'
