#!/bin/sh
# class: mmap-lock-imbalance
# function: do_mbind (mm/mempolicy.c)
# expect: lock mbind nodemask error
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_mbind' 'rep(qr/\t\t\tif \(err\)\n\t\t\t\tmmap_write_unlock\(mm\);\n/, "")'
