#!/bin/sh
# class: pointer-level
# function: madvise_free_single_vma (mm/madvise.c)
# expect: walk private is the mm, the callback expects the mmu_gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/&madvise_free_walk_ops, &tlb\)/, "&madvise_free_walk_ops, mm)")'
