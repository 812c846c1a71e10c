#!/bin/sh
# class: silent-default
# function: madvise_collapse_errno (mm/khugepaged.c)
# expect: every other result is success
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse_errno' 'rep(qr/return -EINVAL;/, "return 0;")'
