#!/bin/sh
# class: pte-lock
# function: hmm_vma_walk_hugetlb_entry (mm/hmm.c)
# expect: returns with the lock where a fault is needed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hmm.c" 'hmm_vma_walk_hugetlb_entry' 'rep(qr/\t\tspin_unlock\(ptl\);\n/, "", 1)'
