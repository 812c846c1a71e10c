#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: follow_page_pte (mm/gup.c)
# change: the question after the unlock is answered before it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/\tpte_unmap_unlock\(ptep, ptl\);\n\tif \(!pte_none\(pte\)\)\n\t\treturn NULL;\n\treturn no_page_table\(vma, flags\);/, "\tpte_unmap_unlock(ptep, ptl);\n\treturn pte_none(pte) ? no_page_table(vma, flags) : NULL;")'
