#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_remove (mm/madvise.c)
# expect: the lock comes back in another mode than the caller releases
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/\tmmap_read_lock\(mm\);\n\treturn error;/, "\tmmap_write_lock(mm);\n\treturn error;")'
