#!/bin/sh
# class: walk-progress
# function: madvise_collapse (mm/khugepaged.c)
# expect: addr stays at hstart
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/addr \+= HPAGE_PMD_SIZE/, "")'
