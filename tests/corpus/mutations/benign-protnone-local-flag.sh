#!/bin/sh
# benign: may follow asked once
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(pte_protnone\(pte\) && !gup_can_follow_protnone\(flags\)\)/, "ret = gup_can_follow_protnone(flags);\n\tif (!ret && pte_protnone(pte))")'
