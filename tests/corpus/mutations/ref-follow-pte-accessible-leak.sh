#!/bin/sh
# class: page-ref-leak
# function: follow_page_pte (mm/gup.c)
# expect: follow pte accessible leak
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'del(qr/unpin_user_page\(page\);/)'
