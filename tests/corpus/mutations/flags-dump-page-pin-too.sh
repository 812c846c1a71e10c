#!/bin/sh
# class: flags-misread
# function: get_dump_page (mm/gup.c)
# expect: flags dump page pin too
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_dump_page' 'rep(qr/FOLL_FORCE \| FOLL_DUMP \| FOLL_GET/, "FOLL_FORCE | FOLL_DUMP | FOLL_GET | FOLL_PIN")'
