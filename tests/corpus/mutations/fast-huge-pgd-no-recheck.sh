#!/bin/sh
# class: missing-revalidation
# function: gup_huge_pgd (mm/gup.c)
# expect: fast huge pgd no recheck
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pgd' 'rep(qr/\tif \(unlikely\(pgd_val\(orig\) != pgd_val\(\*pgdp\)\)\) \{\n\t\tgup_put_folio\(folio, refs, flags\);\n\t\treturn 0;\n\t\}\n/, "")'
