#!/bin/sh
# class: destructive-remote
# function: can_follow_write_pte (mm/gup.c)
# expect: FOLL_FORCE writes to a page that is not exclusive
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'can_follow_write_pte' 'del(qr/if \(!page \|\| !PageAnon\(page\)/)'
