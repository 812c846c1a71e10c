#!/bin/sh
# class: pointer-level
# function: hmm_walk_once (mm/hmm.c)
# expect: helper hands the address of its pointer to the walk
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hmm.c" '-' 'rep(qr/int hmm_range_fault\(/, "static int hmm_walk_once(struct mm_struct *mm, struct hmm_range *range,\n\t\t\t struct hmm_vma_walk *hmm_vma_walk)\n{\n\treturn walk_page_range(mm, hmm_vma_walk->last, range->end,\n\t\t\t       &hmm_walk_ops, &hmm_vma_walk);\n}\n\nint hmm_range_fault(")'
edit "$1/mm/hmm.c" 'hmm_range_fault' 'rep(qr/walk_page_range\(mm, hmm_vma_walk.last[^;]*;/, "hmm_walk_once(mm, range, &hmm_vma_walk);")'
