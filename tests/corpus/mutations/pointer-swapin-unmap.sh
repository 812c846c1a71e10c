#!/bin/sh
# class: pointer-level
# function: swapin_walk_pmd_entry (mm/madvise.c)
# expect: &ptep where ptep is meant; the macro throws it away
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'swapin_walk_pmd_entry' 'rep(qr/pte_unmap_unlock\(ptep, ptl\)/, "pte_unmap_unlock(&ptep, ptl)")'
