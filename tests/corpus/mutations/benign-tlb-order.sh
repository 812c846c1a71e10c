#!/bin/sh
# independent statements the other way round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'my $l = cut(qr/update_hiwater_rss\(mm\);/); before(qr/tlb_gather_mmu\(&tlb, mm\);/, $l)'
