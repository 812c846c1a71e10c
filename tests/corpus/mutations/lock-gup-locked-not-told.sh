#!/bin/sh
# class: mmap-lock-imbalance
# function: __get_user_pages_locked (mm/gup.c)
# expect: the lock is taken again and *locked still says that it is not held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/\*locked = 1;/)'
