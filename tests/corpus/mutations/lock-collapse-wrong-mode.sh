#!/bin/sh
# class: mmap-lock-imbalance
# function: collapse_huge_page (mm/khugepaged.c)
# expect: the write lock is released as a read lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'rep(qr/out_up_write:\n\tmmap_write_unlock/, "out_up_write:\n\tmmap_read_unlock")'
