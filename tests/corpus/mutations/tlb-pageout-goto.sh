#!/bin/sh
# the gather is begun before a refusal
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'my $g = cut(qr/tlb_gather_mmu\(&tlb, mm\);/); before(qr/if \(!can_do_pageout\(vma\)\)/, $g)'
