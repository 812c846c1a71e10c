#!/bin/sh
# class: missing-revalidation
# function: gup_pte_range (mm/gup.c)
# expect: a changed pte alone is no longer enough to give the page back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/(unlikely\(pmd_val\(pmd\) != pmd_val\(\*pmdp\)\)) \|\|/, "unlikely(pmd_val(pmd) != pmd_val(*pmdp)) &&")'
