#!/bin/sh
# the gather begins behind the walk that fills it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'my $g = cut(qr/tlb_gather_mmu\(&tlb, mm\);/); before(qr/tlb_end_vma\(&tlb, vma\);/, $g)'
