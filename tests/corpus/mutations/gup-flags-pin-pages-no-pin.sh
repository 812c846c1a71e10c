#!/bin/sh
# FOLL_PIN not set
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages' 'del(qr/gup_flags \|= FOLL_PIN;/)'
