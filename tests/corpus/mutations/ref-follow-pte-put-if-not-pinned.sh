#!/bin/sh
# class: pin-mismatch
# function: follow_page_pte (mm/gup.c)
# expect: the page is unpinned where it is not pinned
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(flags & FOLL_PIN\) \{/, "if (!(flags & FOLL_PIN)) {")'
