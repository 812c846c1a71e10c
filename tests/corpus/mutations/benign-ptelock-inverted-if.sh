#!/bin/sh
# an if the other way round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(likely\(!pte_present\(pte\)\)\)|if \(!pte_present\(pte\)\)/, "if (unlikely(pte_present(pte))) {\n\t\t/* goes on below */\n\t} else")'
