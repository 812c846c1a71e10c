#!/bin/sh
# class: destructive-remote
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: MADV_FREE on another process with permission to read it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'before(qr/return true;/, "\tcase MADV_FREE:\n")'
