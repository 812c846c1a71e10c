#!/bin/sh
# gives the processor up with the page table lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'mincore_pte_range' 'my $c = cut(qr/cond_resched\(\);/); before(qr/pte_unmap_unlock\(ptep - 1, ptl\);/, "\t$c")'
