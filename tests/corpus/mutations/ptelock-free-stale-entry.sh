#!/bin/sh
# the walk goes on from an entry of the mapping before
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/orig_pte = pte = pte_offset_map_lock\(mm, pmd, addr, &ptl\);/, "orig_pte = pte_offset_map_lock(mm, pmd, addr, &ptl);", 2)'
