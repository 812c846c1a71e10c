#!/bin/sh
# pin dropped before the own reference is taken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'my $g = cut(qr/folio_get\(folio\);/); after(qr/gup_put_folio\(folio, 1, FOLL_PIN\);/, $g)'
