#!/bin/sh
# class: walk-progress
# function: __get_user_pages (mm/gup.c)
# expect: pages are counted, but the address stays
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'del(qr/start \+= page_increm \* PAGE_SIZE;/)'
