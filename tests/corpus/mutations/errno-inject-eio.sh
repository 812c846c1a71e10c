#!/bin/sh
# the code of get_user_pages_fast() is thrown away
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'rep(qr/if \(ret != 1\)\n\t\t\treturn ret;/, "if (ret != 1)\n\t\t\treturn -EIO;")'
