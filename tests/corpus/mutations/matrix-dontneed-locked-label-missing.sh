#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: one of three labels of a handler is missing; the handler still names it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'delln(qr/case MADV_DONTNEED_LOCKED:/)'
