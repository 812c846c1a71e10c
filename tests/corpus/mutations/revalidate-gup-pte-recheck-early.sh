#!/bin/sh
# class: missing-revalidation
# function: gup_pte_range (mm/gup.c)
# expect: gup pte recheck early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'cut(qr/if \(unlikely\(pmd_val/); before(qr/folio = try_grab_folio/, "\t\tif (unlikely(pmd_val(pmd) != pmd_val(*pmdp)) ||\n\t\t    unlikely(pte_val(pte) != pte_val(*ptep)))\n\t\t\tgoto pte_unmap;\n\n")'
