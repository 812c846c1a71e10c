#!/bin/sh
# class: pin-mismatch
# function: unpin_user_pages_dirty_lock (mm/gup.c)
# expect: pinned pages are given back as plain references
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'unpin_user_pages_dirty_lock' 'rep(qr/gup_put_folio\(folio, nr, FOLL_PIN\);/, "folio_put_refs(folio, nr);")'
