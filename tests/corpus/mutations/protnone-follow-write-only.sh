#!/bin/sh
# class: gup-fast-protnone
# function: follow_page_pte (mm/gup.c)
# expect: protnone only looked at for writes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(pte_protnone\(pte\) &&/, "if ((flags & FOLL_WRITE) && pte_protnone(pte) &&")'
