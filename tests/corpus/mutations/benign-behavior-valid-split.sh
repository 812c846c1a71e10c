#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_behavior_valid (mm/madvise.c)
# change: two switches, the answer in a variable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'rep(qr/\bmadvise_behavior_valid\b/, "madvise_flags_valid"); rep(qr/\tcase MADV_REMOVE:\n\tcase MADV_WILLNEED:\n\tcase MADV_DONTNEED:\n\tcase MADV_DONTNEED_LOCKED:\n\tcase MADV_FREE:\n\tcase MADV_COLD:\n/, ""); $F .= "\nstatic bool\nmadvise_behavior_valid(int behavior)\n{\n\tbool valid;\n\n\tswitch (behavior) {\n\tcase MADV_REMOVE:\n\tcase MADV_WILLNEED:\n\tcase MADV_DONTNEED:\n\tcase MADV_DONTNEED_LOCKED:\n\tcase MADV_FREE:\n\tcase MADV_COLD:\n\t\tvalid = true;\n\t\tbreak;\n\tdefault:\n\t\tvalid = madvise_flags_valid(behavior);\n\t\tbreak;\n\t}\n\treturn valid;\n}\n"'
