#!/bin/sh
# class: mmap-lock-imbalance
# function: split_huge_pages_pid (mm/huge_memory.c)
# expect: lock split pid goto out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'split_huge_pages_pid' 'rep(qr/\t\tif \(!vma\)\n\t\t\tbreak;/, "\t\tif (!vma) {\n\t\t\tret = -ENOMEM;\n\t\t\tgoto out;\n\t\t}")'
