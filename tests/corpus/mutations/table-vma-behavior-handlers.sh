#!/bin/sh
# class: sparse-table
# function: madvise_vma_behavior (mm/madvise.c)
# expect: a table of handlers indexed by advice values, mostly empty
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tswitch \(behavior\) \{\n/, "\tstatic long (*const lru_advice[])(struct vm_area_struct *vma,\n\t\t\tstruct vm_area_struct **prev,\n\t\t\tunsigned long start, unsigned long end) = {\n\t\t[MADV_COLD] = madvise_cold,\n\t\t[MADV_PAGEOUT] = madvise_pageout,\n\t};\n\n\tif (behavior < ARRAY_SIZE(lru_advice) && lru_advice[behavior])\n\t\treturn lru_advice[behavior](vma, prev, start, end);\n\n\tswitch (behavior) {\n"); rep(qr/\tcase MADV_COLD:\n[^\n]*\n\tcase MADV_PAGEOUT:\n[^\n]*\n/, "")'
