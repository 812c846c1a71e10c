#!/bin/sh
# BENIGN: relocking in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' '$F =~ s/static long madvise_populate\(/static struct vm_area_struct *populate_relock(struct mm_struct *mm, struct vm_area_struct **prev, int *locked)\n{\n\tmmap_read_lock(mm);\n\t*locked = 1;\n\t*prev = NULL;\n\treturn NULL;\n}\n\nstatic long madvise_populate(/ or die; $F =~ s/\t\t\tmmap_read_lock\(mm\);\n\t\t\tlocked = 1;\n\t\t\t\*prev = NULL;\n\t\t\tvma = NULL;\n/\t\t\tvma = populate_relock(mm, prev, &locked);\n/ or die'
