#!/bin/sh
# class: mmap-lock-imbalance
# function: account_locked_vm (mm/util.c)
# expect: returns an error with the write lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/util.c" 'account_locked_vm' 'rep(qr/\tmmap_write_unlock\(mm\);\n\n\treturn ret;/, "\tif (ret)\n\t\treturn ret;\n\tmmap_write_unlock(mm);\n\n\treturn 0;")'
