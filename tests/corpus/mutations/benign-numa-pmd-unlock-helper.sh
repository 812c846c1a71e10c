#!/bin/sh
# benign: numa pmd unlock helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" '-' 'rep(qr/vm_fault_t do_huge_pmd_numa_page\(/, "static bool numa_pmd_changed(struct vm_fault *vmf, pmd_t oldpmd)\n{\n\tif (likely(pmd_same(oldpmd, *vmf->pmd)))\n\t\treturn false;\n\tspin_unlock(vmf->ptl);\n\treturn true;\n}\n\nvm_fault_t do_huge_pmd_numa_page("); rep(qr/\tflags \|= TNF_MIGRATE_FAIL;\n\tvmf->ptl = pmd_lock\(vma->vm_mm, vmf->pmd\);\n\tif \(unlikely\(!pmd_same\(oldpmd, \*vmf->pmd\)\)\) \{\n\t\tspin_unlock\(vmf->ptl\);\n\t\treturn 0;\n\t\}/, "\tflags |= TNF_MIGRATE_FAIL;\n\tvmf->ptl = pmd_lock(vma->vm_mm, vmf->pmd);\n\tif (numa_pmd_changed(vmf, oldpmd))\n\t\treturn 0;")'
