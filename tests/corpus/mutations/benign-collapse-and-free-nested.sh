#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: collapse_and_free_pmd (mm/khugepaged.c)
# change: end computed into a local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_and_free_pmd' 'rep(qr/pmd_t pmd;/, "pmd_t pmd;\n\tunsigned long end = addr + HPAGE_PMD_SIZE;"); rep(qr/addr,\n\t\t\t\taddr \+ HPAGE_PMD_SIZE\)/, "addr, end)")'
