#!/bin/sh
# BENIGN: the unlock moves to a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '-' 'rep(qr/(?=^static struct page \*follow_pmd_mask\()/m, "static struct page *unlock_no_table(spinlock_t *ptl, struct vm_area_struct *vma,\n\t\tunsigned int flags)\n{\n\tspin_unlock(ptl);\n\treturn no_page_table(vma, flags);\n}\n\n"); rep(qr/if \(unlikely\(pmd_none\(\*pmd\)\)\) \{\n\t\tspin_unlock\(ptl\);\n\t\treturn no_page_table\(vma, flags\);\n\t\}/, "if (unlikely(pmd_none(*pmd)))\n\t\treturn unlock_no_table(ptl, vma, flags);")'
