#!/bin/sh
# class: BENIGN
# function: gup_pte_range (mm/gup.c)
# expect: the put before the goto has a label of its own
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/\{\s*gup_put_folio\(folio, 1, flags\);\s*goto pte_unmap;\s*\}/, "\n\t\t\tgoto put_folio;", 1); rep(qr/\{\s*gup_put_folio\(folio, 1, flags\);\s*goto pte_unmap;\s*\}/, "\n\t\t\tgoto put_folio;", 1); rep(qr/\{\s*gup_put_folio\(folio, 1, flags\);\s*goto pte_unmap;\s*\}/, "\n\t\t\tgoto put_folio;", 1); rep(qr/\{\s*gup_put_folio\(folio, 1, flags\);\s*goto pte_unmap;\s*\}/, "\n\t\t\t\tgoto put_folio;", 1); rep(qr/ret = 1;\n/, "ret = 1;\n\tgoto pte_unmap;\n\nput_folio:\n\tgup_put_folio(folio, 1, flags);\n"); rep(qr/\t\tstruct folio \*folio;\n/, ""); rep(qr/pte_t \*ptep, \*ptem;/, "pte_t *ptep, *ptem;\n\tstruct folio *folio;");'
