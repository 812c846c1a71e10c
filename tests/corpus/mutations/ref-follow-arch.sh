#!/bin/sh
# a pin is not given back where the architecture refuses
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'del(qr/unpin_user_page\(page\);/)'
