#!/bin/sh
# a page that is none leaves with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(pte_protnone\(pte\) && !gup_can_follow_protnone\(flags\)\)\n\t\tgoto no_page;/, "if (pte_protnone(pte) && !gup_can_follow_protnone(flags))\n\t\treturn NULL;")'
