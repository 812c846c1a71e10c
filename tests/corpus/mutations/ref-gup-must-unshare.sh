#!/bin/sh
# the reference stays where the page must be unshared
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/if \(!pte_write\(pte\) && gup_must_unshare\(flags, page\)\) \{\n\t\t\tgup_put_folio\(folio, 1, flags\);/, "if (!pte_write(pte) && gup_must_unshare(flags, page)) {")'
