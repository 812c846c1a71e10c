#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: MADV_SEQUENTIAL valid and not dispatched
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tcase MADV_SEQUENTIAL:\n.*?\t\tbreak;\n/s, "")'
