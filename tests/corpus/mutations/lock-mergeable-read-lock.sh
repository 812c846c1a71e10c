#!/bin/sh
# VM_MERGEABLE changed under the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'before(qr/case MADV_REMOVE:/, "\tcase MADV_MERGEABLE:\n\tcase MADV_UNMERGEABLE:\n")'
