#!/bin/sh
# class: destructive-remote
# function: process_madvise_behavior_valid (mm/madvise.c)
# expect: remote dontneed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'lnafter(qr/case MADV_PAGEOUT:/, "\tcase MADV_DONTNEED:\n")'
