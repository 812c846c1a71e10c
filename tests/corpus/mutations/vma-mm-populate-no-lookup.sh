#!/bin/sh
# class: stale-vma-use
# function: __mm_populate (mm/gup.c)
# expect: the VMA from before the drop is used after the lock was taken again
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/\t\t\tvma = find_vma_intersection\(mm, nstart, end\);\n/, "\t\t\tif (!vma)\n\t\t\t\tvma = find_vma_intersection(mm, nstart, end);\n")'
