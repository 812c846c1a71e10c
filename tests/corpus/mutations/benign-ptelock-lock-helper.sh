#!/bin/sh
# map and lock in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/orig_pte = pte = pte_offset_map_lock\(mm, pmd, addr, &ptl\);/, "orig_pte = pte = free_lock(mm, pmd, addr, &ptl);", 1); $F = "static pte_t *free_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, spinlock_t **ptlp)\n{\n\treturn pte_offset_map_lock(mm, pmd, addr, ptlp);\n}\n\n" . $F'
