#!/bin/sh
# the same in the argument of a macro
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/tlb_remove_tlb_entry\(tlb, pte, addr\)/, "tlb_remove_tlb_entry(&tlb, pte, addr)")'
