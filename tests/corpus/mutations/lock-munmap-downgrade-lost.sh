#!/bin/sh
# class: mmap-lock-imbalance
# function: __vm_munmap (mm/mmap.c)
# expect: unlocked for writing although it may have been downgraded
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" '__vm_munmap' 'rep(qr/\tif \(ret == 1\) \{\n\t\tmmap_read_unlock\(mm\);\n.*?\} else\n\t\tmmap_write_unlock\(mm\);/s, "\tmmap_write_unlock(mm);\n\tif (ret == 1)\n\t\tret = 0;")'
