#!/bin/sh
# class: errno-contract
# function: madvise_collapse_errno (mm/khugepaged.c)
# expect: allocation failure reported as EINVAL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse_errno' 'delln(qr/case SCAN_ALLOC_HUGE_PAGE_FAIL:/); delln(qr/return -ENOMEM;/)'
