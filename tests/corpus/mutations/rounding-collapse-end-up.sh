#!/bin/sh
# class: range-rounding
# function: madvise_collapse (mm/khugepaged.c)
# expect: the last huge page ends behind the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/hend = end & HPAGE_PMD_MASK/, "hend = (end + ~HPAGE_PMD_MASK) & HPAGE_PMD_MASK")'
