#!/bin/sh
# class: pte-lock
# function: insert_page (mm/memory.c)
# expect: pte lock not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_page' 'del(qr/pte_unmap_unlock\(pte, ptl\);/)'
