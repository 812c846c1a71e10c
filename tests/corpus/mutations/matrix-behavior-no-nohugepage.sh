#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: behavior no nohugepage
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'delln(qr/case MADV_NOHUGEPAGE:/)'
