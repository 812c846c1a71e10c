#!/bin/sh
# class: page-ref-leak
# function: madvise_free_pte_range (mm/madvise.c)
# expect: the folio is given back before it is unlocked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/folio_unlock\(folio\);\n\t\t\tfolio_put\(folio\);\n\t\t\torig_pte = pte/, "folio_put(folio);\n\t\t\tfolio_unlock(folio);\n\t\t\torig_pte = pte");'
