#!/bin/sh
# class: unchecked-behavior-index
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: a negative number passes the check
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' '$F = "static bool process_madvise_behavior_valid(int behavior)\n{\n\tstatic const bool valid[] = {\n\t\t[MADV_COLD] = true,\n\t\t[MADV_PAGEOUT] = true,\n\t\t[MADV_WILLNEED] = true,\n\t\t[MADV_COLLAPSE] = true,\n\t};\n\n\tif (behavior > MADV_COLLAPSE)\n\t\treturn false;\n\treturn valid[behavior];\n}\n"'
