#!/bin/sh
# the address moves on by one page whatever was done
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/start \+= page_increm \* PAGE_SIZE;/, "start += PAGE_SIZE;")'
