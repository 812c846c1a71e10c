#!/bin/sh
# a pin may be given back as a plain reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_huge_pmd' 'rep(qr/gup_put_folio\(folio, refs, flags\);/, "folio_put_refs(folio, refs);", 1)'
