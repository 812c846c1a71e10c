#!/bin/sh
# a bit is asked for with the logical operator
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(flags & FOLL_TOUCH\)/, "if (flags && FOLL_TOUCH)")'
