#!/bin/sh
# class: flags-misread
# function: __get_user_pages_remote (mm/gup.c)
# expect: longterm flags dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_remote' 'rep(qr/gup_flags \| FOLL_TOUCH \| FOLL_REMOTE\);\n\}/, "FOLL_TOUCH | FOLL_REMOTE);\n}")'
