#!/bin/sh
# class: range-overflow
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: range mprotect no wrap
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/\tif \(end <= start\)\n\t\treturn -ENOMEM;\n/, "")'
