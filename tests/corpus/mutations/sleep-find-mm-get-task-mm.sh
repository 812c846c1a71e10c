#!/bin/sh
# class: sleep-in-atomic
# function: find_mm_struct (mm/migrate.c)
# expect: sleep find mm get task mm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'find_mm_struct' 'rep(qr/\trcu_read_unlock\(\);\n\n\tmm = ERR_PTR\(security/, "\tmm = ERR_PTR(security"); rep(qr/\tmm = get_task_mm\(task\);\nout:/, "\tmm = get_task_mm(task);\n\tmmap_read_lock(mm);\n\tmmap_read_unlock(mm);\n\trcu_read_unlock();\nout:")'
