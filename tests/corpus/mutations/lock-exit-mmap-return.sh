#!/bin/sh
# class: mmap-lock-imbalance
# function: exit_mmap (mm/mmap.c)
# expect: an early return keeps the read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'exit_mmap' 'rep(qr/\t\tmmap_read_unlock\(mm\);\n\t\treturn;/, "\t\treturn;")'
