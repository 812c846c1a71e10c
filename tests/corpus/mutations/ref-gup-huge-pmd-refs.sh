#!/bin/sh
# class: page-ref-leak
# function: gup_huge_pmd (mm/gup.c)
# expect: gup huge pmd refs
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/(gup_must_unshare\(flags, &folio->page\)\)) \{\n\t\tgup_put_folio\(folio, refs, flags\);\n\t\treturn 0;\n\t\}/, "gup_must_unshare(flags, &folio->page))\n\t\treturn 0;")'
