#!/bin/sh
# class: mmap-lock-imbalance
# function: oom_reap_task_mm (mm/oom_kill.c)
# expect: returns with the lock held where the reaping failed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" 'oom_reap_task_mm' 'rep(qr/if \(!ret\)\n\t\tgoto out_finish;/, "if (!ret) {\n\t\ttrace_finish_task_reaping(tsk->pid);\n\t\treturn false;\n\t}")'
