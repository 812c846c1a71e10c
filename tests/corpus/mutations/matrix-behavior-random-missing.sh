#!/bin/sh
# class: behavior-matrix
# function: madvise_behavior_valid (mm/madvise.c)
# expect: MADV_RANDOM has a case and is refused
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'delln(qr/case MADV_RANDOM:/)'
