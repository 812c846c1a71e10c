#!/bin/sh
# class: mmap-lock-imbalance
# function: __access_remote_vm (mm/memory.c)
# expect: lock access remote return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" '__access_remote_vm' 'rep(qr/vma = vma_lookup\(mm, addr\);\n\t\t\tif \(!vma\)\n\t\t\t\tbreak;/, "vma = vma_lookup(mm, addr);\n\t\t\tif (!vma)\n\t\t\t\treturn buf - old_buf;")'
