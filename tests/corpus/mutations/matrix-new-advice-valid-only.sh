#!/bin/sh
# class: behavior-matrix
# function: madvise_behavior_valid (mm/madvise.c)
# expect: a new advice is valid and never dispatched
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/#include "swap.h"\n/, "#include \"swap.h\"\n\n#define MADV_SWEEP\t26\t/* forget the access history of the range */\n");' && \
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'lnafter(qr/case MADV_PAGEOUT:/, "\tcase MADV_SWEEP:\n");' && \
edit "$1/mm/madvise.c" 'madvise_need_mmap_write' 'lnafter(qr/case MADV_PAGEOUT:/, "\tcase MADV_SWEEP:\n");'
