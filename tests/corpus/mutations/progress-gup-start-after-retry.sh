#!/bin/sh
# the page after a retry is asked for again
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/start \+= PAGE_SIZE;/)'
