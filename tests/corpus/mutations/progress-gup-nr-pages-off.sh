#!/bin/sh
# class: walk-progress
# function: __get_user_pages (mm/gup.c)
# expect: gup nr pages off
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/start \+= page_increm \* PAGE_SIZE/, "start += PAGE_SIZE")'
