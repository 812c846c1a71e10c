#!/bin/sh
# class: pin-mismatch
# function: lockless_pages_from_mm (mm/gup.c)
# expect: lockless release pages
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'lockless_pages_from_mm' 'rep(qr/unpin_user_pages_lockless\(/, "release_pages(")'
