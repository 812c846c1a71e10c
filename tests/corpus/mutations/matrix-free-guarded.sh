#!/bin/sh
# class: behavior-matrix
# function: madvise_behavior_valid (mm/madvise.c)
# expect: MADV_FREE is valid with swap only, and handled always
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'rep(qr/\tcase MADV_FREE:\n/, "#ifdef CONFIG_SWAP\n\tcase MADV_FREE:\n#endif\n")'
