#!/bin/sh
# the table is not mapped again after the split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/orig_pte = pte = pte_offset_map_lock\(mm, pmd, addr, &ptl\);/, 2)'
