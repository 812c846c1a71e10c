#!/bin/sh
# class: pointer-level
# function: get_gate_page (mm/gup.c)
# expect: pointer gate page unmap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_gate_page' 'rep(qr/pte_unmap\(pte\);/, "pte_unmap(&pte);")'
