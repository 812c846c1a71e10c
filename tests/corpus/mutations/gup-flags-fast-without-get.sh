#!/bin/sh
# get_user_pages_fast() asks for no reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_user_pages_fast' 'del(qr/gup_flags \|= FOLL_GET;/)'
