#!/bin/sh
# unmaps a pte past the end of the table
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pte_range' 'rep(qr/pte_unmap_unlock\(pte - 1, ptl\)/, "pte_unmap_unlock(pte, ptl)")'
