#!/bin/sh
# class: pte-lock
# function: change_pte_range (mm/mprotect.c)
# expect: a return in the walk keeps the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pte_range' 'rep(qr/(\t+)if \(pte_protnone\(oldpte\)\)\n\t+continue;/, "\t\t\t\tif (pte_protnone(oldpte))\n\t\t\t\t\treturn pages;")'
