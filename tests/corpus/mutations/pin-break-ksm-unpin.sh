#!/bin/sh
# class: pin-mismatch
# function: break_ksm (mm/ksm.c)
# expect: a FOLL_GET reference given back as a pin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'break_ksm' 'rep(qr/put_page\(page\);/, "unpin_user_page(page);")'
