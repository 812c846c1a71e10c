#!/bin/sh
# class: BENIGN
# function: gup_huge_pmd (mm/gup.c)
# two early returns share one label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/gup_put_folio\(folio, refs, flags\);\s*return 0;/, "goto put;", 1); rep(qr/gup_put_folio\(folio, refs, flags\);\s*return 0;/, "goto put;", 1); rep(qr/return 1;\n\}/, "return 1;\n\nput:\n\tgup_put_folio(folio, refs, flags);\n\treturn 0;\n}")'
