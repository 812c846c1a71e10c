#!/bin/sh
# class: missing-revalidation
# function: gup_pte_range (mm/gup.c)
# expect: only the entry is read again, not the table
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/unlikely\(pmd_val\(pmd\) != pmd_val\(\*pmdp\)\) \|\|\s*/, "")'
