#!/bin/sh
# class: flags-misread
# function: follow_page_pte (mm/gup.c)
# expect: contradictory FOLL_GET and FOLL_PIN no longer refused
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'del(qr/if \(WARN_ON_ONCE\(\(flags & \(FOLL_PIN/)'
