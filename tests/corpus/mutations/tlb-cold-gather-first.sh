#!/bin/sh
# returns inside the gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold' 'my $g = cut(qr/tlb_gather_mmu/); before(qr/\*prev = vma;/, $g)'
