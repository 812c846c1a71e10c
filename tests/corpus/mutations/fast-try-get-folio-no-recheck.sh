#!/bin/sh
# class: missing-revalidation
# function: try_get_folio (mm/gup.c)
# expect: the folio may have been split between the lookup and the reference
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'try_get_folio' 'del(qr/if \(unlikely\(page_folio\(page\) != folio\)\)/); $F =~ s/retry:\n//'
