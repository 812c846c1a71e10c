#!/bin/sh
# class: pin-mismatch
# function: migrate_longterm_unpinnable_pages (mm/gup.c)
# expect: migrate put
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'rep(qr/unpin_user_page\(pages\[i\]\);\n\t\tpages/, "put_page(pages[i]);\n\t\tpages")'
