#!/bin/sh
# class: flags-misread
# function: pin_user_pages_unlocked (mm/gup.c)
# expect: FOLL_GET together with FOLL_PIN
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages_unlocked' 'rep(qr/gup_flags \|= FOLL_PIN;/, "gup_flags |= FOLL_PIN | FOLL_GET;");'
