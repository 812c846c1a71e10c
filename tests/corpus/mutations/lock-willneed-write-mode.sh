#!/bin/sh
# willneed gives a read lock back that was taken for writing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'delln(qr/case MADV_WILLNEED:/)'
