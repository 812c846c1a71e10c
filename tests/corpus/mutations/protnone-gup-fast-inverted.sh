#!/bin/sh
# a "not" is missing
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/pte_protnone\(pte\) && !gup_can_follow_protnone/, "pte_protnone(pte) && gup_can_follow_protnone")'
