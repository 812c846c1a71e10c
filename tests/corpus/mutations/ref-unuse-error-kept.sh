#!/bin/sh
# class: page-ref-leak
# function: unuse_pte_range (mm/swapfile.c)
# expect: an error leaves with the reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'unuse_pte_range' 'rep(qr/folio_unlock\(folio\);\n\t\t\tfolio_put\(folio\);\n\t\t\tgoto out;/, "folio_unlock(folio);\n\t\t\tgoto out;")'
