#!/bin/sh
# class: mmap-lock-imbalance
# function: do_get_mempolicy (mm/mempolicy.c)
# expect: lock mempolicy no vma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'do_get_mempolicy' 'rep(qr/\t\tif \(!vma\) \{\n\t\t\tmmap_read_unlock\(mm\);\n\t\t\treturn -EFAULT;/, "\t\tif (!vma) {\n\t\t\treturn -EFAULT;")'
