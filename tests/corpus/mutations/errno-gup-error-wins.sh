#!/bin/sh
# class: errno-contract
# function: __get_user_pages (mm/gup.c)
# expect: gup error wins
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/return i \? i : ret;/, "return ret ? ret : i;")'
