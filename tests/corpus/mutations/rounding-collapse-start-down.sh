#!/bin/sh
# class: range-rounding
# function: madvise_collapse (mm/khugepaged.c)
# expect: the first huge page begins before the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/\(start \+ ~HPAGE_PMD_MASK\) & HPAGE_PMD_MASK/, "start & HPAGE_PMD_MASK")'
