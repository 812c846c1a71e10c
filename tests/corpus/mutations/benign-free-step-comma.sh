#!/bin/sh
# benign: free step comma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/pte--;\n\t\t\taddr -= PAGE_SIZE;/, "addr -= PAGE_SIZE, pte--;")'
