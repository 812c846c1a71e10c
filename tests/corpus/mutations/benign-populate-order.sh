#!/bin/sh
# benign: populate order
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/mmap_read_lock\(mm\);\n\t\t\tlocked = 1;\n\t\t\t\*prev = NULL;\n\t\t\tvma = NULL;/, "*prev = NULL;\n\t\t\tvma = NULL;\n\t\t\tlocked = 1;\n\t\t\tmmap_read_lock(mm);")'
