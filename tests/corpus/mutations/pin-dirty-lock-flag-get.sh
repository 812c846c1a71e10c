#!/bin/sh
# pinned pages given back as if they were got
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'unpin_user_pages_dirty_lock' 'rep(qr/gup_put_folio\(folio, nr, FOLL_PIN\)/, "gup_put_folio(folio, nr, FOLL_GET)")'
