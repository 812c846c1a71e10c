#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_behavior_valid (mm/madvise.c)
# change: option asked by IS_ENABLED() instead of a directive
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_behavior_valid' 'rep(qr/#ifdef CONFIG_KSM\n(?:[^\n]*\n){2}#endif\n/, ""); before(qr/\tdefault:/, "\tcase MADV_MERGEABLE:\n\tcase MADV_UNMERGEABLE:\n\t\treturn IS_ENABLED(CONFIG_KSM);\n\n")'
