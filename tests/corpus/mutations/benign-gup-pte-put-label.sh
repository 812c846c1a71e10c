#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: gup_pte_range (mm/gup.c)
# change: the three put-and-leave branches share a label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/gup_put_folio\(folio, 1, flags\);\n\s*goto pte_unmap;/, "goto put;", 1); rep(qr/gup_put_folio\(folio, 1, flags\);\n\s*goto pte_unmap;/, "goto put;", 1); rep(qr/gup_put_folio\(folio, 1, flags\);\n\s*goto pte_unmap;/, "goto put;", 1); rep(qr/\tret = 1;\n\npte_unmap:/, "\tret = 1;\n\tgoto pte_unmap;\n\nput:\n\tgup_put_folio(folio, 1, flags);\npte_unmap:"); rep(qr/\t\tstruct folio \*folio;\n/, ""); rep(qr/pte_t \*ptep, \*ptem;/, "pte_t *ptep, *ptem;\n\tstruct folio *folio;"); rep(qr/gup_put_folio\(folio, 1, flags\);\n\s*goto pte_unmap;/, "goto put;", 1)'
