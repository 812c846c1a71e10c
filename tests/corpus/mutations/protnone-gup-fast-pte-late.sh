#!/bin/sh
# class: gup-fast-protnone
# function: gup_pte_range (mm/gup.c)
# expect: the question comes after the reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'del(qr/if \(pte_protnone\(pte\)/); before(qr/folio_set_referenced\(folio\);/, "\t\tif (pte_protnone(pte) && !gup_can_follow_protnone(flags)) {\n\t\t\tgup_put_folio(folio, 1, flags);\n\t\t\tgoto pte_unmap;\n\t\t}\n")'
