#!/bin/sh
# class: flags-misread
# function: pin_user_pages_fast_only (mm/gup.c)
# expect: pin fast only set anew
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages_fast_only' 'rep(qr/gup_flags \|= \(FOLL_PIN/, "gup_flags = (FOLL_PIN")'
