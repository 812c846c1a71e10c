#!/bin/sh
# BENIGN: two returns become one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' '$F =~ s/no_page:\n\tpte_unmap_unlock\(ptep, ptl\);\n\tif \(!pte_none\(pte\)\)\n\t\treturn NULL;\n\treturn no_page_table\(vma, flags\);/no_page:\n\tpte_unmap_unlock(ptep, ptl);\n\treturn pte_none(pte) ? no_page_table(vma, flags) : NULL;/ or die'
