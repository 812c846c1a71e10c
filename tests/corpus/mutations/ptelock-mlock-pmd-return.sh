#!/bin/sh
# class: pte-lock
# function: mlock_pte_range (mm/mlock.c)
# expect: ptelock mlock pmd return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'mlock_pte_range' 'rep(qr/\t\tif \(!pmd_present\(\*pmd\)\)\n\t\t\tgoto out;/, "\t\tif (!pmd_present(*pmd))\n\t\t\treturn 0;")'
