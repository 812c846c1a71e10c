#!/bin/sh
# class: notifier-range-uninit
# function: try_to_unmap_one (mm/rmap.c)
# expect: the range is set up for hugetlb only, and used for all
. "$(dirname "$0")/lib.sh"
edit "$1/mm/rmap.c" 'try_to_unmap_one' 'my $i = cut(qr/mmu_notifier_range_init\(&range, MMU_NOTIFY_CLEAR/); before(qr/adjust_range_if_pmd_sharing_possible\(vma, &range\.start/, "\t$i")'
