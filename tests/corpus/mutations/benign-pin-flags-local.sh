#!/bin/sh
# benign: pin flags local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'pin_user_pages_fast_only' 'rep(qr/gup_flags \|= \(FOLL_PIN \| FOLL_FAST_ONLY\);/, "gup_flags = gup_flags | FOLL_PIN;\n\tgup_flags |= FOLL_FAST_ONLY;")'
