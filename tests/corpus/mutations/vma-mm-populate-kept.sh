#!/bin/sh
# vma from before the drop used after the relock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/if \(!locked\) \{\n(\s*locked = 1;\n\s*mmap_read_lock\(mm\);\n)\s*vma = find_vma_intersection\(mm, nstart, end\);\n\s*\} else if \(nstart >= vma->vm_end\)/, "if (!locked) {\n\t\t\tlocked = 1;\n\t\t\tmmap_read_lock(mm);\n\t\t}\n\t\tif (!vma)\n\t\t\tvma = find_vma_intersection(mm, nstart, end);\n\t\telse if (nstart >= vma->vm_end)")'
