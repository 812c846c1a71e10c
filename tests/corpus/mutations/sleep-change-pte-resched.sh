#!/bin/sh
# class: sleep-in-atomic
# function: change_pte_range (mm/mprotect.c)
# expect: cond_resched() under the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pte_range' 'rep(qr/\t\toldpte = \*pte;/, "\t\tcond_resched();\n\t\toldpte = *pte;")'
