#!/bin/sh
# BENIGN: lock and lookup move into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" '-' 'rep(qr/(?=^int madvise_collapse\()/m, "static int madvise_collapse_relock(struct mm_struct *mm, unsigned long addr,\n\t\t\t\t   struct vm_area_struct **vma,\n\t\t\t\t   struct collapse_control *cc)\n{\n\tcond_resched();\n\tmmap_read_lock(mm);\n\treturn hugepage_vma_revalidate(mm, addr, false, vma, cc);\n}\n\n"); $F =~ s/\t\t\tcond_resched\(\);\n\t\t\tmmap_read_lock\(mm\);\n\t\t\tmmap_locked = true;\n\t\t\tresult = hugepage_vma_revalidate\(mm, addr, false, &vma,\n\t\t\t\t\t\t\t cc\);\n/\t\t\tresult = madvise_collapse_relock(mm, addr, &vma, cc);\n\t\t\tmmap_locked = true;\n/ or die'
