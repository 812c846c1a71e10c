#!/bin/sh
# class: pointer-level
# function: madvise_free_single_vma (mm/madvise.c)
# expect: a local pointer to the gather, and its address as data
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/struct mmu_gather tlb;/, "struct mmu_gather tlb, *gather = &tlb;"); rep(qr/&madvise_free_walk_ops, &tlb\)/, "&madvise_free_walk_ops, &gather)")'
