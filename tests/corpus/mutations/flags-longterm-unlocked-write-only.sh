#!/bin/sh
# class: flags-misread
# function: __gup_longterm_unlocked (mm/gup.c)
# expect: FOLL_PIN is lost for the slow path
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__gup_longterm_unlocked' 'rep(qr/pages, gup_flags\);\n\t\}\n/, "pages, gup_flags & FOLL_WRITE);\n\t}\n")'
