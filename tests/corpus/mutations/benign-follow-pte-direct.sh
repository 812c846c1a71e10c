#!/bin/sh
# benign: follow pte direct
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/(\t\tif \(pte_none\(pte\)\)\n)\t\t\tgoto no_page;/, "\t\tif (pte_none(pte)) {\n\t\t\tpte_unmap_unlock(ptep, ptl);\n\t\t\treturn no_page_table(vma, flags);\n\t\t}")'
