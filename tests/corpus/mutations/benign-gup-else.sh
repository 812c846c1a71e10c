#!/bin/sh
# benign: gup else
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/return i \? i : ret;/, "if (i)\n\t\treturn i;\n\treturn ret;")'
