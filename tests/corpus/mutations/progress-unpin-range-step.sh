#!/bin/sh
# class: walk-progress
# function: unpin_user_page_range_dirty_lock (mm/gup.c)
# expect: the loop steps by one page where a whole folio was given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'unpin_user_page_range_dirty_lock' 'rep(qr/i \+= nr/, "i++")'
