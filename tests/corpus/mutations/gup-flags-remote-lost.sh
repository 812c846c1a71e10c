#!/bin/sh
# the word of the caller is left out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_remote' 'rep(qr/locked,\n\t\t\t\t       gup_flags \| FOLL_TOUCH \| FOLL_REMOTE\)/, "locked,\n\t\t\t\t       FOLL_TOUCH | FOLL_REMOTE)")'
