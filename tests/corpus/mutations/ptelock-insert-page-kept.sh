#!/bin/sh
# nobody releases the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_page' 'del(qr/pte_unmap_unlock\(pte, ptl\);/)'
