#!/bin/sh
# class: pte-lock
# function: gup_pte_range (mm/gup.c)
# expect: the table is unmapped by a pointer behind its last entry
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/pte_unmap\(ptem\)/, "pte_unmap(ptep)")'
