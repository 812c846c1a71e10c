#!/bin/sh
# class: mmap-lock-imbalance
# function: get_user_pages_unlocked (mm/gup.c)
# expect: gup unlocked unlock always
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_user_pages_unlocked' 'delln(qr/(?m)if \(locked\)$/)'
