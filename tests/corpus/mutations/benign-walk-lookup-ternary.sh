#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_walk_vmas (mm/madvise.c)
# change: the two lookups behind the visit are one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/\t\tif \(prev\)\n\t\t\tvma = find_vma\(mm, prev->vm_end\);\n\t\telse[^\n]*\n\t\t\tvma = find_vma\(mm, start\);\n/, "\t\tvma = find_vma(mm, prev ? prev->vm_end : start);\n")'
