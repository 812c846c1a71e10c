#!/bin/sh
# class: notifier-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: the error of the walk is returned without the end of the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/struct mmu_gather tlb;/, "struct mmu_gather tlb;\n\tint error;"); rep(qr/walk_page_range\(vma->vm_mm, range.start, range.end,\s*&madvise_free_walk_ops, &tlb\);/, "error = walk_page_range(vma->vm_mm, range.start, range.end,\n\t\t\t&madvise_free_walk_ops, &tlb);\n\tif (error) {\n\t\ttlb_finish_mmu(&tlb);\n\t\treturn error;\n\t}");'
