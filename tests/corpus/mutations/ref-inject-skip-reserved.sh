#!/bin/sh
# class: page-ref-leak
# function: madvise_inject_error (mm/madvise.c)
# expect: a page that is left out keeps the reference that was taken to look at it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_inject_error' 'before(qr/if \(behavior == MADV_SOFT_OFFLINE\) \{/, "\t\tif (PageReserved(page))\n\t\t\tcontinue;\n\n")'
