#!/bin/sh
# one reference put of the refs that were taken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/gup_put_folio\(folio, refs, flags\)/, "gup_put_folio(folio, 1, flags)", 1)'
