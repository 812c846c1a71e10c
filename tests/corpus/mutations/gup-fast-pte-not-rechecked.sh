#!/bin/sh
# only the pmd is read again, not the pte
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/ \|\|\n\s*unlikely\(pte_val\(pte\) != pte_val\(\*ptep\)\)/, "")'
