#!/bin/sh
# class: destructive-remote
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: whatever is not an injection counts as a hint
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'rep(qr/\tswitch.*\n\}\n/s, "\treturn behavior != MADV_HWPOISON && behavior != MADV_SOFT_OFFLINE;\n}\n")'
