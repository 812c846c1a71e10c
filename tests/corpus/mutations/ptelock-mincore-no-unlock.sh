#!/bin/sh
# the page table lock of a range is never given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'mincore_pte_range' 'del(qr/pte_unmap_unlock\(ptep - 1, ptl\);/)'
