#!/bin/sh
# class: pte-lock
# function: do_huge_pmd_wp_page (mm/huge_memory.c)
# expect: ptelock wp pmd no second look
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'do_huge_pmd_wp_page' 'rep(qr/\t\tif \(unlikely\(!pmd_same\(\*vmf->pmd, orig_pmd\)\)\) \{\n\t\t\tspin_unlock\(vmf->ptl\);\n\t\t\tfolio_unlock\(folio\);\n\t\t\tfolio_put\(folio\);\n\t\t\treturn 0;\n\t\t\}\n/, "")'
