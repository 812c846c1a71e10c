#!/bin/sh
# class: tlb-gather-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: free single finish first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'my $t = cut(qr/tlb_finish_mmu/); before(qr/tlb_end_vma/, $t)'
