#!/bin/sh
# class: flags-misread
# function: get_user_pages (mm/gup.c)
# expect: FOLL_PIN from outside accepted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_user_pages' 'del(qr/if \(!is_valid_gup_flags\(gup_flags\)\)/)'
