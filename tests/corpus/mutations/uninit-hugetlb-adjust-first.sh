#!/bin/sh
# class: notifier-range-uninit
# function: hugetlb_change_protection (mm/hugetlb.c)
# expect: uninit hugetlb adjust first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_change_protection' 'rep(qr/\tmmu_notifier_range_init\(&range, MMU_NOTIFY_PROTECTION_VMA,\n\t\t\t\t0, vma, mm, start, end\);\n\tadjust_range_if_pmd_sharing_possible\(vma, &range\.start, &range\.end\);\n/, "\tadjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);\n\tmmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_VMA,\n\t\t\t\t0, vma, mm, start, end);\n")'
