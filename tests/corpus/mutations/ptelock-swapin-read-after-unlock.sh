#!/bin/sh
# class: pte-lock
# function: swapin_walk_pmd_entry (mm/madvise.c)
# expect: swapin read after unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'swapin_walk_pmd_entry' 'rep(qr/pte = \*ptep;\n\t\tpte_unmap_unlock\(ptep, ptl\);/, "pte_unmap_unlock(ptep, ptl);\n\t\tpte = *ptep;")'
