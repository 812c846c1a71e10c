#!/bin/sh
# BENIGN: if and else become ?:
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' '$F =~ s/if \(prev\)\n\t\t\tvma = find_vma\(mm, prev->vm_end\);\n\t\telse.*?\n\t\t\tvma = find_vma\(mm, start\);/vma = find_vma(mm, prev ? prev->vm_end : start);/s or die'
