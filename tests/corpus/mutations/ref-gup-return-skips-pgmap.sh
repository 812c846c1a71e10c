#!/bin/sh
# class: page-ref-leak
# function: __get_user_pages (mm/gup.c)
# expect: gup return skips pgmap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/ret = PTR_ERR\(page\);\n\t\t\tgoto out;/, "return i ? i : PTR_ERR(page);")'
