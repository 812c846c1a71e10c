#!/bin/sh
# class: notifier-range-uninit
# function: __oom_reap_task_mm (mm/oom_kill.c)
# expect: start and end set by hand, the rest of the range is not
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" '__oom_reap_task_mm' 'rep(qr/mmu_notifier_range_init\([^;]*;/, "range.start = vma->vm_start;\n\t\t\trange.end = vma->vm_end;")'
