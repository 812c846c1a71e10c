#!/bin/sh
# class: pte-lock
# function: follow_pte (mm/memory.c)
# expect: error return with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'follow_pte' 'rep(qr/if \(!pte_present\(\*ptep\)\)\n\t\tgoto unlock;/, "if (!pte_present(*ptep))\n\t\tgoto out;")'
