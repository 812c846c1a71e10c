#!/bin/sh
# BENIGN: the code is set before the lookup
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'apply_vma_lock_flags' 'rep(qr/vma = mas_walk\(&mas\);\n\tif \(!vma\)\n\t\treturn -ENOMEM;/, "error = -ENOMEM;\n\tvma = mas_walk(&mas);\n\tif (!vma)\n\t\treturn error;")'
