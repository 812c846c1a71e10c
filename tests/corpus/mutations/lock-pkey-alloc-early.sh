#!/bin/sh
# class: mmap-lock-imbalance
# function: pkey_alloc (mm/mprotect.c)
# expect: lock pkey alloc early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" '-' 'rep(qr/\tret = -ENOSPC;\n\tif \(pkey == -1\)\n\t\tgoto out;/, "\tif (pkey == -1)\n\t\treturn -ENOSPC;")'
