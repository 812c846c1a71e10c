#!/bin/sh
# class: pointer-level
# function: swapin_walk_range (mm/madvise.c)
# expect: helper hands the address of its vma pointer to the walk
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static void force_shm_swapin_readahead\(/, "static void swapin_walk_range(struct vm_area_struct *vma, unsigned long start,\n\t\t\t      unsigned long end)\n{\n\twalk_page_range(vma->vm_mm, start, end, &swapin_walk_ops, &vma);\n}\n\nstatic void force_shm_swapin_readahead(")'
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/walk_page_range\(vma->vm_mm, start, end, &swapin_walk_ops, vma\)/, "swapin_walk_range(vma, start, end)")'
