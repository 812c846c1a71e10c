#!/bin/sh
# class: useless-writeback
# function: madvise_free_single_vma (mm/madvise.c)
# expect: the clamped end is stored for the caller before it is clamped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/unsigned long start_addr, unsigned long end_addr\)/, "unsigned long start_addr, unsigned long *endp)"); rep(qr/struct mmu_gather tlb;/, "struct mmu_gather tlb;\n\tunsigned long end_addr = *endp;\n\n\t*endp = end_addr;\n\tif (end_addr > vma->vm_end)\n\t\tend_addr = vma->vm_end;");' && \
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/madvise_free_single_vma\(vma, start, end\)/, "madvise_free_single_vma(vma, start, &end)");'
