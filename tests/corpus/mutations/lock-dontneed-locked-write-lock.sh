#!/bin/sh
# handler drops a read lock while the table says write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'delln(qr/case MADV_DONTNEED_LOCKED:/)'
