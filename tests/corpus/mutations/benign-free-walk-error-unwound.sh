#!/bin/sh
# class: BENIGN
# function: madvise_free_single_vma (mm/madvise.c)
# expect: the error of the walk is returned behind both ends
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/struct mmu_gather tlb;/, "struct mmu_gather tlb;\n\tint error;"); rep(qr/walk_page_range\(vma->vm_mm, range.start/, "error = walk_page_range(vma->vm_mm, range.start"); rep(qr/return 0;/, "return error;");'
