#!/bin/sh
# class: pte-lock
# function: do_huge_pmd_numa_page (mm/huge_memory.c)
# expect: the failed migration goes to out_map without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'do_huge_pmd_numa_page' 'rep(qr/flags \|= TNF_MIGRATE_FAIL;\s*vmf->ptl = pmd_lock\(vma->vm_mm, vmf->pmd\);\s*if \(unlikely\(!pmd_same\(oldpmd, \*vmf->pmd\)\)\) \{\s*spin_unlock\(vmf->ptl\);\s*return 0;\s*\}/, "flags |= TNF_MIGRATE_FAIL;");'
