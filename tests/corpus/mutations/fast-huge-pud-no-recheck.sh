#!/bin/sh
# class: missing-revalidation
# function: gup_huge_pud (mm/gup.c)
# expect: fast huge pud no recheck
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pud' 'rep(qr/\tif \(unlikely\(pud_val\(orig\) != pud_val\(\*pudp\)\)\) \{\n\t\tgup_put_folio\(folio, refs, flags\);\n\t\treturn 0;\n\t\}\n/, "")'
