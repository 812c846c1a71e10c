#!/bin/sh
# class: flags-misread
# function: make_device_exclusive_range (mm/rmap.c)
# expect: FOLL_GET with FOLL_PIN
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'make_device_exclusive_range' 'rep(qr/FOLL_GET \| FOLL_WRITE/, "FOLL_GET | FOLL_PIN | FOLL_WRITE")'
