#!/bin/sh
# the release in a helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'mincore_pte_range' 'rep(qr/pte_unmap_unlock\(ptep - 1, ptl\);/, "mincore_done(ptep - 1, ptl);"); $F = "static void mincore_done(pte_t *last, spinlock_t *lock)\n{\n\tpte_unmap_unlock(last, lock);\n}\n\n" . $F'
