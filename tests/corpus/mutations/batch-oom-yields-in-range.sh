#!/bin/sh
# class: lock-dropped-in-batch
# function: __oom_reap_task_mm (mm/oom_kill.c)
# expect: drops mmap_lock between range start and end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" '__oom_reap_task_mm' 'after(qr/unmap_page_range\(/, "\t\t\tif (mmap_lock_is_contended(mm)) {\n\t\t\t\tmmap_read_unlock(mm);\n\t\t\t\tmmap_read_lock(mm);\n\t\t\t}\n")'
