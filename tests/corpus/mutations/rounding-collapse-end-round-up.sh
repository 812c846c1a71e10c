#!/bin/sh
# the end is rounded up by another macro than the start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/hend = end & HPAGE_PMD_MASK;/, "hend = round_up(end, HPAGE_PMD_SIZE);")'
