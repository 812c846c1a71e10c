#!/bin/sh
# class: stale-vma-use
# function: __mm_populate (mm/gup.c)
# expect: the vma of before the relock is kept when it still covers the address
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/mmap_read_lock\(mm\);\s*vma = find_vma_intersection\(mm, nstart, end\);\s*\} else if \(nstart >= vma->vm_end\)/, "mmap_read_lock(mm);\n\t\t}\n\t\tif (!vma || nstart >= vma->vm_end)"); rep(qr/find_vma_intersection\(mm, vma->vm_end, end\)/, "find_vma_intersection(mm, nstart, end)");'
