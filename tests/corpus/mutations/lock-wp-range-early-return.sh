#!/bin/sh
# class: mmap-lock-imbalance
# function: mwriteprotect_range (mm/userfaultfd.c)
# expect: lock wp range early return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mwriteprotect_range' 'rep(qr/\terr = -ENOENT;\n\tdst_vma = find_dst_vma\(dst_mm, start, len\);\n\n\tif \(!dst_vma\)\n\t\tgoto out_unlock;\n/, "\tdst_vma = find_dst_vma(dst_mm, start, len);\n\tif (!dst_vma)\n\t\treturn -ENOENT;\n\n\terr = -ENOENT;\n")'
