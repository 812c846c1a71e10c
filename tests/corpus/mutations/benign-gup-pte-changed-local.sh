#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: gup_pte_range (mm/gup.c)
# change: the second look is kept in a local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/\t\tif \(unlikely\(pmd_val\(pmd\) != pmd_val\(\*pmdp\)\) \|\|\n\s*unlikely\(pte_val\(pte\) != pte_val\(\*ptep\)\)\) \{/, "\t\tchanged = pmd_val(pmd) != pmd_val(*pmdp) ||\n\t\t\t  pte_val(pte) != pte_val(*ptep);\n\t\tif (unlikely(changed)) {"); rep(qr/\t\tstruct folio \*folio;\n/, "\t\tstruct folio *folio;\n\t\tbool changed;\n")'
