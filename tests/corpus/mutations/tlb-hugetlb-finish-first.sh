#!/bin/sh
# class: tlb-gather-unpaired
# function: hugetlb_change_protection (mm/hugetlb.c)
# expect: tlb hugetlb finish first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_change_protection' 'rep(qr/\tmmu_notifier_invalidate_range_end\(&range\);\n\ttlb_finish_mmu\(&tlb\);/, "\ttlb_finish_mmu(&tlb);\n\tmmu_notifier_invalidate_range_end(&range);")'
