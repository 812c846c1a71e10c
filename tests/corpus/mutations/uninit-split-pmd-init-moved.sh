#!/bin/sh
# class: notifier-range-uninit
# function: __split_huge_pmd (mm/huge_memory.c)
# expect: uninit split pmd init moved
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" '__split_huge_pmd' 'rep(qr/\tmmu_notifier_range_init\(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,\n\t\t\t\taddress & HPAGE_PMD_MASK,\n\t\t\t\t\(address & HPAGE_PMD_MASK\) \+ HPAGE_PMD_SIZE\);\n/, "\tif (!freeze)\n\t\tmmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,\n\t\t\t\taddress & HPAGE_PMD_MASK,\n\t\t\t\t(address & HPAGE_PMD_MASK) + HPAGE_PMD_SIZE);\n")'
