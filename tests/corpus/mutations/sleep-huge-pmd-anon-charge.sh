#!/bin/sh
# class: sleep-in-atomic
# function: __do_huge_pmd_anonymous_page (mm/huge_memory.c)
# expect: page table allocated under the pmd lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" '__do_huge_pmd_anonymous_page' 'my $p = cut(qr/pgtable = pte_alloc_one/); after(qr/vmf->ptl = pmd_lock/, $p)'
