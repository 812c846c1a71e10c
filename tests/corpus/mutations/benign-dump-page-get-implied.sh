#!/bin/sh
# BENIGN: below it FOLL_GET is implied where pages are wanted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_dump_page' 'rep(qr/ \| FOLL_GET/, "")'
