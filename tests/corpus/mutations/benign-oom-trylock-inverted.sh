#!/bin/sh
# benign: trylock asked positively
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" 'oom_reap_task_mm' 'rep(qr/\tif \(!mmap_read_trylock\(mm\)\) \{\n.*?\n\t\}\n/s, "\tret = mmap_read_trylock(mm);\n\tif (!ret) {\n\t\ttrace_skip_task_reaping(tsk->pid);\n\t\treturn ret;\n\t}\n")'
