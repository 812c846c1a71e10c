#!/bin/sh
# benign: follow pmd loop
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'rep(qr/retry:\n\tif \(!pmd_present\(pmdval\)\) \{/, "\twhile (!pmd_present(pmdval)) {"); rep(qr/\t\t\treturn no_page_table\(vma, flags\);\n\t\tgoto retry;\n/, "\t\t\treturn no_page_table(vma, flags);\n")'
