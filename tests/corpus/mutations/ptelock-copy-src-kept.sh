#!/bin/sh
# the lock of the source table is never given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'copy_pte_range' 'del(qr/spin_unlock\(src_ptl\);/)'
