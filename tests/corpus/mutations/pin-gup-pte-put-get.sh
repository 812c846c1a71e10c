#!/bin/sh
# class: pin-mismatch
# function: gup_pte_range (mm/gup.c)
# expect: a page that was pinned is given back as one that was only got
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/gup_put_folio\(folio, 1, flags\);/, "gup_put_folio(folio, 1, FOLL_GET);", 2)'
