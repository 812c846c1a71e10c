#!/bin/sh
# class: pte-lock
# function: get_gate_page (mm/gup.c)
# expect: returns without pte_unmap()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_gate_page' 'rep(qr/if \(pte_none\(\*pte\)\)\n\s*goto unmap;/, "if (pte_none(*pte))\n\t\treturn -EFAULT;")'
