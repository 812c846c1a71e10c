#!/bin/sh
# class: notifier-range-uninit
# function: madvise_free_single_vma (mm/madvise.c)
# expect: the range is filled in only when there are notifiers, and used always
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/range.start = max\(vma->vm_start, start_addr\);\s*if \(range.start >= vma->vm_end\)\s*return -EINVAL;\s*range.end = min\(vma->vm_end, end_addr\);\s*if \(range.end <= vma->vm_start\)\s*return -EINVAL;\s*mmu_notifier_range_init\(&range, MMU_NOTIFY_CLEAR, 0, vma, mm,\s*range.start, range.end\);/, "start_addr = max(vma->vm_start, start_addr);\n\tend_addr = min(vma->vm_end, end_addr);\n\tif (start_addr >= end_addr)\n\t\treturn -EINVAL;\n\tif (mm_has_notifiers(mm))\n\t\tmmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm,\n\t\t\t\t\tstart_addr, end_addr);");'
