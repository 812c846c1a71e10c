#!/bin/sh
# class: walk-progress
# function: madvise_walk_vmas (mm/madvise.c)
# expect: the next lookup starts at the end of a prev that may be NULL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(prev\)\n\t\t\tvma = find_vma\(mm, prev->vm_end\);\n\t\telse[^\n]*\n\t\t\tvma = find_vma\(mm, start\);/, "vma = find_vma(mm, prev->vm_end);")'
