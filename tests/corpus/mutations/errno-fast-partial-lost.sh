#!/bin/sh
# class: errno-contract
# function: internal_get_user_pages_fast (mm/gup.c)
# expect: fast partial lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'del(qr/if \(nr_pinned\)/)'
