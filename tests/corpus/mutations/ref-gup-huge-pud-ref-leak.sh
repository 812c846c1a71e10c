#!/bin/sh
# class: page-ref-leak
# function: gup_huge_pud (mm/gup.c)
# expect: folio not put when unsharing is needed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pud' 'del(qr/gup_put_folio\(folio, refs, flags\);/, 2)'
