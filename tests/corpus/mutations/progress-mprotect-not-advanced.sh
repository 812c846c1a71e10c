#!/bin/sh
# class: walk-progress
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: the walk stays at nstart where the fixup left prev behind it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'del(qr/nstart = tmp;/)'
