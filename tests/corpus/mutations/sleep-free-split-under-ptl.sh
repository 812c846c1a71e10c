#!/bin/sh
# split_folio() may sleep under the pte lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/pte_unmap_unlock\(orig_pte, ptl\);/, 1); del(qr/orig_pte = pte_offset_map_lock/); del(qr/orig_pte = pte = pte_offset_map_lock/, 2)'
