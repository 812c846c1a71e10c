#!/bin/sh
# class: page-ref-leak
# function: madvise_free_pte_range (mm/madvise.c)
# expect: the folio is kept when it cannot be split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/folio_put\(folio\);/, 2)'
