#!/bin/sh
# class: mmap-lock-imbalance
# function: __get_user_pages_locked (mm/gup.c)
# expect: the failed killable lock is remembered and the loop goes on without the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'rep(qr/if \(!pages_done\)\s*pages_done = ret;\s*break;\s*\}\s*\*locked = 1;/, "if (!pages_done)\n\t\t\t\tpages_done = ret;\n\t\t}\n\n\t\t*locked = 1;");'
