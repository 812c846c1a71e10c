#!/bin/sh
# class: pin-mismatch
# function: make_device_exclusive_range (mm/rmap.c)
# expect: a FOLL_GET reference given back as a pin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'make_device_exclusive_range' 'rep(qr/folio_put\(folio\);/, "unpin_user_page(pages[i]);", 1)'
