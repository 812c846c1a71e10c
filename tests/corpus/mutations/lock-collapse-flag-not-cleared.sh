#!/bin/sh
# mmap_locked stays true after the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'del(qr/mmap_locked = false;/)'
