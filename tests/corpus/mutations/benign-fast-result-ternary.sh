#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: internal_get_user_pages_fast (mm/gup.c)
# change: the count or the error in one expression
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'rep(qr/\t\tif \(nr_pinned\)\n\t\t\treturn nr_pinned;\n\t\treturn ret;/, "\t\treturn nr_pinned ? nr_pinned : ret;")'
