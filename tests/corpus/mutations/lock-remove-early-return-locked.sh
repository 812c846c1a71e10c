#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_remove (mm/madvise.c)
# expect: remove early return locked
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'before(qr/\tmmap_read_lock\(mm\);\n\treturn error/, "\tif (error)\n\t\treturn error;\n")'
