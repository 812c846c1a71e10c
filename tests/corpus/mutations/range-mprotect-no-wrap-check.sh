#!/bin/sh
# class: range-overflow
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: start + len may wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'del(qr/if \(end <= start\)/)'
