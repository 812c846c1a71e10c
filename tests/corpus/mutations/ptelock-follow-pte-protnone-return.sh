#!/bin/sh
# class: pte-lock
# function: follow_page_pte (mm/gup.c)
# expect: follow pte protnone return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/(gup_can_follow_protnone\(flags\)\))\n\t\tgoto no_page;/, "gup_can_follow_protnone(flags))\n\t\treturn NULL;")'
