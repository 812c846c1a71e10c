#!/bin/sh
# class: sleep-in-atomic
# function: follow_page_pte (mm/gup.c)
# expect: set_page_dirty_lock() waits for the page lock under the pte lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/set_page_dirty\(page\);/, "set_page_dirty_lock(page);")'
