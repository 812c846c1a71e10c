#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: gup_pte_range (mm/gup.c)
# change: the second look at the entries moves into a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/unlikely\(pmd_val\(pmd\) != pmd_val\(\*pmdp\)\) \|\|\s*unlikely\(pte_val\(pte\) != pte_val\(\*ptep\)\)/, "unlikely(entries_changed(pmd, pmdp, pte, ptep))")'
MUT_NEED='ptep_get_lockless' edit "$1/mm/gup.c" '-' '$F =~ s/(?=^static int gup_pte_range\()/static bool entries_changed(pmd_t pmd, pmd_t *pmdp, pte_t pte, pte_t *ptep)\n{\n\treturn pmd_val(pmd) != pmd_val(*pmdp) || pte_val(pte) != pte_val(*ptep);\n}\n\n/m'
