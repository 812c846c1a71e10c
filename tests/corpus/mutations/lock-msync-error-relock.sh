#!/bin/sh
# class: mmap-lock-imbalance
# function: msync (mm/msync.c)
# expect: lock msync error relock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" '-' 'rep(qr/\t\t\tif \(error \|\| start >= end\)\n\t\t\t\tgoto out;\n\t\t\tmmap_read_lock\(mm\);/, "\t\t\tmmap_read_lock(mm);\n\t\t\tif (error || start >= end)\n\t\t\t\tgoto out;")'
