#!/bin/sh
# class: mmap-lock-imbalance
# function: collapse_huge_page (mm/khugepaged.c)
# expect: the lock is taken again while it is held for reading
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'del(qr/mmap_read_unlock\(mm\);/, 4)'
