#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_free_pte_range (mm/madvise.c)
# change: a folio that is locked leaves through a label that gives it back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/\t\t\tif \(!folio_trylock\(folio\)\) \{\n\t\t\t\tfolio_put\(folio\);\n\t\t\t\tgoto out;\n\t\t\t\}/, "\t\t\tif (!folio_trylock(folio))\n\t\t\t\tgoto put;"); rep(qr/^out:\n/m, "\tgoto out;\nput:\n\tfolio_put(folio);\nout:\n")'
