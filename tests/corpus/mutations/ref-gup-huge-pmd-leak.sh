#!/bin/sh
# class: page-ref-leak
# function: gup_huge_pmd (mm/gup.c)
# expect: the folio is kept when the pmd has changed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'del(qr/gup_put_folio\(folio, refs, flags\);/, 1)'
