#!/bin/sh
# class: mmap-lock-imbalance
# function: __get_user_pages_locked (mm/gup.c)
# expect: gup locked leak
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/mmap_read_unlock\(mm\);/)'
