#!/bin/sh
# class: pointer-level
# function: madvise_free_single_vma (mm/madvise.c)
# expect: &tlb of a tlb that became a pointer is handed to the walk
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/madvise_free_single_vma\(struct vm_area_struct \*vma,/, "madvise_free_single_vma(struct mmu_gather *tlb,\n\t\t\tstruct vm_area_struct *vma,"); rep(qr/\tstruct mmu_gather tlb;\n/, ""); del(qr/tlb_gather_mmu\(&tlb, mm\);/); del(qr/tlb_finish_mmu\(&tlb\);/); rep(qr/tlb_start_vma\(&tlb/, "tlb_start_vma(tlb"); rep(qr/tlb_end_vma\(&tlb/, "tlb_end_vma(tlb");' && \
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/struct mm_struct \*mm = vma->vm_mm;/, "struct mm_struct *mm = vma->vm_mm;\n\tstruct mmu_gather tlb;\n\tlong error;"); rep(qr/return madvise_free_single_vma\(vma, start, end\);/, "{\n\t\ttlb_gather_mmu(&tlb, mm);\n\t\terror = madvise_free_single_vma(&tlb, vma, start, end);\n\t\ttlb_finish_mmu(&tlb);\n\t\treturn error;\n\t}"); rep(qr/else if \(behavior == MADV_FREE\)\s*\{/, "else if (behavior == MADV_FREE) {"); rep(qr/\}\n\telse\n/, "} else\n");'
