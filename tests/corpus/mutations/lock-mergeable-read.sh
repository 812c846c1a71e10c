#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: MADV_MERGEABLE changes vm_flags under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'lnafter(qr/case MADV_FREE:/, "\tcase MADV_MERGEABLE:\n\tcase MADV_UNMERGEABLE:\n");'
