#!/bin/sh
# folio kept when the page cannot be made accessible
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'del(qr/gup_put_folio\(folio, 1, flags\);/, 4)'
