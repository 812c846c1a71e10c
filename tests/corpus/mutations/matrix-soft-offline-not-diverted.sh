#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: MADV_SOFT_OFFLINE walks on to a switch that does not know it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/ \|\| behavior == MADV_SOFT_OFFLINE/, "")'
