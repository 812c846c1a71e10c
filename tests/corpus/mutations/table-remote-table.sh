#!/bin/sh
# class: sparse-table
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: remote table
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'rep(qr/\tswitch.*\n\}\n/s, "\tstatic const bool remote[MADV_COLLAPSE + 1] = {\n\t\t[MADV_WILLNEED] = true,\n\t\t[MADV_COLD] = true,\n\t\t[MADV_PAGEOUT] = true,\n\t\t[MADV_COLLAPSE] = true,\n\t};\n\n\tif (behavior < 0 || behavior >= ARRAY_SIZE(remote))\n\t\treturn false;\n\treturn remote[array_index_nospec(behavior, ARRAY_SIZE(remote))];\n}\n")'
edit "$1/mm/madvise.c" '-' 'rep(qr/#include <linux\/mmu_notifier.h>\n/, "#include <linux\/mmu_notifier.h>\n#include <linux\/nospec.h>\n")'
