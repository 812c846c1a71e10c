#!/bin/sh
# class: flags-misread
# function: __get_user_pages_locked (mm/gup.c)
# expect: the retry loses FOLL_WRITE and the rest of the caller's flags
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'rep(qr/flags \| FOLL_TRIED/, "FOLL_TRIED")'
