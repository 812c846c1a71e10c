#!/bin/sh
# class: lock-dropped-in-batch
# function: change_pte_range (mm/mprotect.c)
# expect: the pte lock is dropped inside lazy MMU mode
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pte_range' 'before(qr/oldpte = \*pte;/, "\t\tif (need_resched()) {\n\t\t\tpte_unmap_unlock(pte, ptl);\n\t\t\tcond_resched();\n\t\t\tpte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);\n\t\t}\n");'
