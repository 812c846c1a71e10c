#!/bin/sh
# BENIGN: a switch becomes an expression
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' '$F =~ s/\{.*\}/{\n\treturn behavior == MADV_COLD || behavior == MADV_PAGEOUT ||\n\t       behavior == MADV_WILLNEED || behavior == MADV_COLLAPSE;\n}/s or die'
