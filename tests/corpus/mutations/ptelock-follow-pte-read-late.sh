#!/bin/sh
# the entry is read after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(!pte_none\(pte\)\)\n\s*return NULL;/, "if (!pte_none(*ptep))\n\t\treturn NULL;")'
