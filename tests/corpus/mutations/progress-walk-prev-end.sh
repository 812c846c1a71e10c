#!/bin/sh
# the next VMA is looked up from where this one began
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/find_vma\(mm, prev->vm_end\)/, "find_vma(mm, prev->vm_start)")'
