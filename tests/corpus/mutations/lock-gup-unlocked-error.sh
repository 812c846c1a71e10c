#!/bin/sh
# an error returns with the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_user_pages_unlocked' 'rep(qr/if \(locked\)\n\t\tmmap_read_unlock\(mm\);/, "if (ret < 0)\n\t\treturn ret;\n\tif (locked)\n\t\tmmap_read_unlock(mm);")'
