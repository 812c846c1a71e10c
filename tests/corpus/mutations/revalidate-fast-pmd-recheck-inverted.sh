#!/bin/sh
# the entry is compared the wrong way round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/pmd_val\(orig\) != pmd_val\(\*pmdp\)/, "pmd_val(orig) == pmd_val(*pmdp)")'
