#!/bin/sh
# class: build
# function: __get_user_pages (mm/gup.c)
# expect: falls through without saying so
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'delln(qr/^\t+fallthrough;/m)'
