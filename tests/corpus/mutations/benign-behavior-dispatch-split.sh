#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_vma_behavior (mm/madvise.c)
# change: some cases in a helper, behind a default
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tcase MADV_COLD:\n[^\n]*\n\tcase MADV_PAGEOUT:\n[^\n]*\n/, ""); rep(qr/\tswitch \(behavior\) \{\n/, "\tif (behavior == MADV_COLD || behavior == MADV_PAGEOUT)\n\t\treturn madvise_reclaim(vma, prev, start, end, behavior);\n\n\tswitch (behavior) {\n"); $F = "static long madvise_reclaim(struct vm_area_struct *vma, struct vm_area_struct **prev,\n\t\t\t    unsigned long start, unsigned long end, int behavior)\n{\n\tif (behavior == MADV_COLD)\n\t\treturn madvise_cold(vma, prev, start, end);\n\treturn madvise_pageout(vma, prev, start, end);\n}\n\n" . $F'
