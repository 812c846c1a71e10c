#!/bin/sh
# class: notifier-unpaired
# function: zap_page_range_single (mm/memory.c)
# expect: the start is left out for hugetlb, the end is not
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'rep(qr/\tmmu_notifier_invalidate_range_start\(&range\);/, "\tif (!is_vm_hugetlb_page(vma))\n\t\tmmu_notifier_invalidate_range_start(&range);")'
