#!/bin/sh
# a secret page keeps the reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/if \(unlikely\(page_is_secretmem\(page\)\)\) \{\n\t\t\tgup_put_folio\(folio, 1, flags\);/, "if (unlikely(page_is_secretmem(page))) {")'
