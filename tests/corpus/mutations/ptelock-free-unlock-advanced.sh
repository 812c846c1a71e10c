#!/bin/sh
# the advanced pointer is unmapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/pte_unmap_unlock\(orig_pte, ptl\)/, "pte_unmap_unlock(pte, ptl)", 2)'
