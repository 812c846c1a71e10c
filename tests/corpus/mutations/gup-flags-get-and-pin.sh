#!/bin/sh
# class: flags-misread
# function: pin_user_pages_fast (mm/gup.c)
# expect: FOLL_GET and FOLL_PIN together
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages_fast' 'rep(qr/gup_flags \|= FOLL_PIN;/, "gup_flags |= FOLL_PIN | FOLL_GET;")'
