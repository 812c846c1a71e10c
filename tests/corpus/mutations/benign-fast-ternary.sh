#!/bin/sh
# benign: fast ternary
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'rep(qr/if \(nr_pinned\)\n\t\t\treturn nr_pinned;\n\t\treturn ret;/, "return nr_pinned ? nr_pinned : ret;")'
