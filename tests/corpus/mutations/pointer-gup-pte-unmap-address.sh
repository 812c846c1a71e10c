#!/bin/sh
# class: pointer-level
# function: gup_pte_range (mm/gup.c)
# expect: gup pte unmap address
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/pte_unmap\(ptem\)/, "pte_unmap(&ptem)")'
