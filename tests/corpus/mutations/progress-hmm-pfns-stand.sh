#!/bin/sh
# class: walk-progress
# function: hmm_vma_walk_pmd (mm/hmm.c)
# expect: the array of pfns is not stepped with the address
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hmm.c" 'hmm_vma_walk_pmd' 'rep(qr/, hmm_pfns\+\+\)/, ")")'
