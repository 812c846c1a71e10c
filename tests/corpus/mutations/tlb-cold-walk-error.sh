#!/bin/sh
# class: tlb-gather-unpaired
# function: madvise_cold (mm/madvise.c)
# expect: an error of the walk is returned with the gather open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static void madvise_cold_page_range\(/, "static int madvise_cold_page_range(");' && \
edit "$1/mm/madvise.c" 'madvise_cold_page_range' 'rep(qr/\.tlb = tlb,\s*\};\n/, ".tlb = tlb,\n\t};\n\tint error;\n"); rep(qr/walk_page_range\(/, "error = walk_page_range("); after(qr/tlb_end_vma/, "\treturn error;\n");' && \
edit "$1/mm/madvise.c" 'madvise_cold' 'rep(qr/struct mmu_gather tlb;/, "struct mmu_gather tlb;\n\tint error;"); rep(qr/madvise_cold_page_range\(&tlb, vma, start_addr, end_addr\);/, "error = madvise_cold_page_range(&tlb, vma, start_addr, end_addr);\n\tif (error)\n\t\treturn error;");'
