#!/bin/sh
# class: flags-misread
# function: pin_user_pages_fast (mm/gup.c)
# expect: FOLL_GET together with FOLL_PIN accepted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages_fast' 'del(qr/if \(WARN_ON_ONCE\(gup_flags & FOLL_GET\)\)/)'
