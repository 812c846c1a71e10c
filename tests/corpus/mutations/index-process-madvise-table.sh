#!/bin/sh
# class: unchecked-behavior-index
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: an int of the user indexes a table unasked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'rep(qr/\tswitch \(behavior\) \{.*\t\}\n\}/s, "\tstatic const bool remote[] = {\n\t\t[MADV_WILLNEED]\t\t= true,\n\t\t[MADV_COLD]\t\t= true,\n\t\t[MADV_PAGEOUT]\t\t= true,\n\t\t[MADV_COLLAPSE]\t\t= true,\n\t};\n\n\tif (behavior >= (int)ARRAY_SIZE(remote))\n\t\treturn false;\n\treturn remote[behavior];\n}");'
