#!/bin/sh
# benign: fast wrap written out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'rep(qr/if \(check_add_overflow\(start, len, &end\)\)/, "end = start + len;\n\tif (end < start)")'
