#!/bin/sh
# class: useless-writeback
# function: gup_pte_range (mm/gup.c)
# expect: gup pte count early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/pages\[\*nr\] = page;\n\t\t\(\*nr\)\+\+;/, "n = *nr;\n\t\tpages[n] = page;\n\t\t*nr = n;\n\t\tn++;"); rep(qr/int nr_start = \*nr, ret = 0;/, "int nr_start = *nr, ret = 0, n;")'
