#!/bin/sh
# the VMA found may lie wholly behind the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/vma = find_vma_intersection\(mm, nstart, end\);/, "vma = find_vma(mm, nstart);")'
