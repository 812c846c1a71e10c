#!/bin/sh
# a whole page table is taken away, one page announced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_and_free_pmd' 'rep(qr/addr \+ HPAGE_PMD_SIZE/, "addr + PAGE_SIZE")'
