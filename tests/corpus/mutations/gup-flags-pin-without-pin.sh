#!/bin/sh
# pin_user_pages() asks for no pin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages' 'rep(qr/gup_flags \|= FOLL_PIN;/, "gup_flags |= FOLL_LONGTERM;")'
