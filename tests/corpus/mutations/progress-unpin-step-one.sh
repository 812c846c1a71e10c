#!/bin/sh
# class: walk-progress
# function: unpin_user_pages (mm/gup.c)
# expect: the loop steps by one page where a whole folio was given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'unpin_user_pages' 'rep(qr/i \+= nr/, "i++")'
