#!/bin/sh
# class: behavior-matrix
# function: madvise_behavior_valid (mm/madvise.c)
# expect: MADV_MERGEABLE is valid in kernels without KSM
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'rep(qr/#ifdef CONFIG_KSM\n(?:[^\n]*\n){2}#endif\n/, "\tcase MADV_MERGEABLE:\n\tcase MADV_UNMERGEABLE:\n")'
