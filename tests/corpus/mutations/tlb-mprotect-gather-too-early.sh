#!/bin/sh
# goto out between gather and finish
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'my $g = cut(qr/tlb_gather_mmu\(&tlb, current->mm\);/); before(qr/mas_set\(&mas, start\);/, $g)'
