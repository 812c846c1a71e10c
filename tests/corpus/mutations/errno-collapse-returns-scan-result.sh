#!/bin/sh
# class: errno-contract
# function: madvise_collapse (mm/khugepaged.c)
# expect: scan_result returned instead of an errno
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/: madvise_collapse_errno\(last_fail\)/, ": last_fail")'
