#!/bin/sh
# class: pte-lock
# function: madvise_free_pte_range (mm/madvise.c)
# expect: orig_pte not refreshed by the relock: another pointer is unmapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/orig_pte = pte = pte_offset_map_lock\(mm, pmd, addr, &ptl\);/, "pte = pte_offset_map_lock(mm, pmd, addr, &ptl);", 2)'
