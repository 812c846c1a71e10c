#!/bin/sh
# class: pin-mismatch
# function: do_pages_stat_array (mm/migrate.c)
# expect: pin inject unpin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'do_pages_stat_array' 'rep(qr/\t\t\tput_page\(page\);/, "\t\t\tunpin_user_page(page);")'
