#!/bin/sh
# folio stays locked when it is shared
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/folio_unlock\(folio\);/, 3)'
