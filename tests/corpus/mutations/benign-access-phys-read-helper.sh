#!/bin/sh
# benign: entry read under its lock by a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '-' 'rep(qr/int generic_access_phys\(/, "static int read_pte_locked(struct mm_struct *mm, unsigned long addr, pte_t *pte)\n{\n\tspinlock_t *ptl;\n\tpte_t *ptep;\n\n\tif (follow_pte(mm, addr, &ptep, &ptl))\n\t\treturn -EINVAL;\n\t*pte = *ptep;\n\tpte_unmap_unlock(ptep, ptl);\n\treturn 0;\n}\n\nint generic_access_phys(")'
edit "$1/mm/memory.c" 'generic_access_phys' 'rep(qr/\tif \(follow_pte\(vma->vm_mm, addr, &ptep, &ptl\)\)\n\t\treturn -EINVAL;\n\tpte = \*ptep;\n\tpte_unmap_unlock\(ptep, ptl\);\n/, "\tif (read_pte_locked(vma->vm_mm, addr, &pte))\n\t\treturn -EINVAL;\n")'
