#!/bin/sh
# class: tlb-gather-unpaired
# function: madvise_pageout (mm/madvise.c)
# expect: pageout check in gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_pageout' 'my $t = cut(qr/if \(!can_do_pageout/); after(qr/tlb_gather_mmu/, $t)'
