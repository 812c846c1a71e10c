#!/bin/sh
# class: tlb-gather-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: the gather is used after it was finished
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'my $e = cut(qr/tlb_end_vma\(&tlb, vma\);/); after(qr/tlb_finish_mmu\(&tlb\);/, $e)'
