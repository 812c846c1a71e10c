#!/bin/sh
# class: walk-progress
# function: __get_user_pages_locked (mm/gup.c)
# expect: gup locked start not stepped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'del(qr/start \+= PAGE_SIZE;/,1)'
