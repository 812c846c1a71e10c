#!/bin/sh
# another process may be told to drop its pages
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise_behavior_valid' 'rep(qr/case MADV_COLLAPSE:/, "case MADV_COLLAPSE:\n\tcase MADV_DONTNEED_LOCKED:")'
