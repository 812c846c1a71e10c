#!/bin/sh
# class: page-ref-leak
# function: do_huge_pmd_wp_page (mm/huge_memory.c)
# expect: ref wp pmd recheck
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'do_huge_pmd_wp_page' 'rep(qr/\t\t\tfolio_unlock\(folio\);\n\t\t\tfolio_put\(folio\);\n\t\t\treturn 0;/, "\t\t\tfolio_unlock(folio);\n\t\t\treturn 0;")'
