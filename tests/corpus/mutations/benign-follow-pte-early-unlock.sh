#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: follow_page_pte (mm/gup.c)
# change: no_page path unlocks in place instead of the label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(!is_migration_entry\(entry\)\)\n\t\t\tgoto no_page;/, "if (!is_migration_entry(entry)) {\n\t\t\tpte_unmap_unlock(ptep, ptl);\n\t\t\treturn NULL;\n\t\t}")'
