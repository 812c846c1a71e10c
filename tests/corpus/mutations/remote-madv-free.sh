#!/bin/sh
# MADV_FREE for other processes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'before(qr/case MADV_WILLNEED:/, "\tcase MADV_FREE:\n")'
