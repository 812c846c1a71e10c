#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: process_madvise_behavior_valid (mm/madvise.c)
# change: switch written as comparisons
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' '$F = "static bool process_madvise_behavior_valid(int behavior)\n{\n\treturn behavior == MADV_COLD || behavior == MADV_PAGEOUT ||\n\t       behavior == MADV_COLLAPSE || behavior == MADV_WILLNEED;\n}\n"'
