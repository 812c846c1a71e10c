#!/bin/sh
# pinned pages are given back as plain ones
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'rep(qr/unpin_user_page\(pages\[i\]\);/, "put_page(pages[i]);", 2)'
