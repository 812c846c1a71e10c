#!/bin/sh
# class: pte-lock
# function: madvise_free_pte_range (mm/madvise.c)
# expect: free huge no flush
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/orig_pte = pte = pte_offset_map_lock\(mm, pmd, addr, &ptl\);\n\t\t\tpte--/, "pte = pte_offset_map_lock(mm, pmd, addr, &ptl);\n\t\t\tpte--")'
