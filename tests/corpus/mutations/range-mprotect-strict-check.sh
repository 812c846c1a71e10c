#!/bin/sh
# class: range-overflow
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: a length that was rounded to zero passes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/end <= start/, "end < start")'
