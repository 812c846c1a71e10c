#!/bin/sh
# class: pin-mismatch
# function: add_page_for_migration (mm/migrate.c)
# expect: follow_page() reference given back as a pin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'add_page_for_migration' 'rep(qr/put_page\(page\);/, "unpin_user_page(page);")'
