#!/bin/sh
# benign: free locals
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/struct mmu_gather tlb;\n/, "struct mmu_gather tlb;\n\tunsigned long from, to;\n"); $F =~ s/\brange\.start\b/from/g; $F =~ s/\brange\.end\b/to/g'
