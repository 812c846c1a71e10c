#!/bin/sh
# a pin goes back as a reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/unpin_user_page\(page\);/, "put_page(page);")'
