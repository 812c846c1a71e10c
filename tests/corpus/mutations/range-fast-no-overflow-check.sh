#!/bin/sh
# class: range-overflow
# function: internal_get_user_pages_fast (mm/gup.c)
# expect: fast no overflow check
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'rep(qr/if \(check_add_overflow\(start, len, &end\)\)\n\t\treturn 0;/, "end = start + len;")'
