#!/bin/sh
# what follows a dropped lock moved into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/(?=^static long madvise_populate\()/m, "static void populate_relock(struct mm_struct *mm, int *locked,\n\t\t\t    struct vm_area_struct **prev,\n\t\t\t    struct vm_area_struct **vma)\n{\n\tmmap_read_lock(mm);\n\t*locked = 1;\n\t*prev = NULL;\n\t*vma = NULL;\n}\n\n"); rep(qr/if \(!locked\) \{\n\s*mmap_read_lock\(mm\);\n\s*locked = 1;\n\s*\*prev = NULL;\n\s*vma = NULL;\n\s*\}/, "if (!locked)\n\t\t\tpopulate_relock(mm, &locked, prev, &vma);")'
