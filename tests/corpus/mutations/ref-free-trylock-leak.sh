#!/bin/sh
# folio reference kept when the trylock fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/folio_put\(folio\);/, 1)'
