#!/bin/sh
# class: pointer-level
# function: madvise_free_pte_range (mm/madvise.c)
# expect: the walk's data is the gather, and is read as a pointer to it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/struct mmu_gather \*tlb = walk->private;/, "struct mmu_gather *tlb = *(struct mmu_gather **)walk->private;")'
