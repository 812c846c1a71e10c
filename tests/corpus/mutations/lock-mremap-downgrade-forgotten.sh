#!/bin/sh
# class: mmap-lock-imbalance
# function: mremap (mm/mremap.c)
# expect: lock mremap downgrade forgotten
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" '-' 'rep(qr/\t\tif \(retval == 1\) \{\n\t\t\tdowngraded = true;\n\t\t\} else if \(retval < 0 && old_len != new_len\) \{/, "\t\tif (retval < 0 && old_len != new_len) {")'
