#!/bin/sh
# the start is rounded down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/hstart = \(start \+ ~HPAGE_PMD_MASK\) & HPAGE_PMD_MASK;/, "hstart = start & HPAGE_PMD_MASK;")'
