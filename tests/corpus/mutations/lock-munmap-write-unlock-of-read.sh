#!/bin/sh
# a downgraded lock is released as a write lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" '__vm_munmap' 'rep(qr/mmap_read_unlock\(mm\);\n\s*ret = 0;/, "mmap_write_unlock(mm);\n\t\tret = 0;")'
