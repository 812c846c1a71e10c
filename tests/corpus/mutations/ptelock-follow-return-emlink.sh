#!/bin/sh
# returns with the pte lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/page = ERR_PTR\(-EMLINK\);\n\s*goto out;/, "return ERR_PTR(-EMLINK);")'
