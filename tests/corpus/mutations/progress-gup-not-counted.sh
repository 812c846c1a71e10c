#!/bin/sh
# what is left is not counted down
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'del(qr/nr_pages -= page_increm;/)'
