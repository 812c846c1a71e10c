#!/bin/sh
# class: pte-lock
# function: __unmap_hugepage_range (mm/hugetlb.c)
# expect: continue with the huge pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" '__unmap_hugepage_range' 'rep(qr/if \(huge_pte_none\(pte\)\) \{\n\s*spin_unlock\(ptl\);\n\s*continue;\n\s*\}/, "if (huge_pte_none(pte))\n\t\t\tcontinue;")'
