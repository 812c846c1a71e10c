#!/bin/sh
# the flags of the caller are lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_user_pages_unlocked' 'rep(qr/gup_flags \| FOLL_TOUCH/, "FOLL_TOUCH")'
