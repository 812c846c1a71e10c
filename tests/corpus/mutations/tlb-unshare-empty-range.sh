#!/bin/sh
# class: tlb-gather-unpaired
# function: hugetlb_unshare_pmds (mm/hugetlb.c)
# expect: the check for an empty range comes after the gather
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_unshare_pmds' 'my $c = cut(qr/if \(start >= end\)/); after(qr/tlb_gather_mmu_vma\(/, $c)'
