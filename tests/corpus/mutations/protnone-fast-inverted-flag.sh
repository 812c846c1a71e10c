#!/bin/sh
# the hint is honoured only where it need not be
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/pte_protnone\(pte\) && !gup_can_follow_protnone\(flags\)/, "pte_protnone(pte) && gup_can_follow_protnone(flags)")'
