#!/bin/sh
# class: unchecked-behavior-index
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: only the upper bound is checked, and speculation is not stopped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'rep(qr/\tswitch.*\n\}\n/s, "\tstatic const unsigned char hints[] = {\n\t\t[MADV_WILLNEED] = 1, [MADV_COLD] = 1,\n\t\t[MADV_PAGEOUT] = 1, [MADV_COLLAPSE] = 1,\n\t};\n\n\treturn behavior < (int)ARRAY_SIZE(hints) && hints[behavior];\n}\n")'
