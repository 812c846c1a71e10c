#!/bin/sh
# BENIGN: a condition moves into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" '-' 'rep(qr/(?=^static int mlock_fixup\()/m, "static bool mlock_skips(struct vm_area_struct *vma, vm_flags_t newflags)\n{\n\tif (newflags == vma->vm_flags || (vma->vm_flags & VM_SPECIAL))\n\t\treturn true;\n\tif (is_vm_hugetlb_page(vma) || vma == get_gate_vma(current->mm))\n\t\treturn true;\n\treturn vma_is_dax(vma) || vma_is_secretmem(vma);\n}\n\n"); $F =~ s/if \(newflags == oldflags \|\| \(oldflags & VM_SPECIAL\) \|\|\n\t    is_vm_hugetlb_page\(vma\) \|\| vma == get_gate_vma\(current->mm\) \|\|\n\t    vma_is_dax\(vma\) \|\| vma_is_secretmem\(vma\)\)/if (mlock_skips(vma, newflags))/ or die'
