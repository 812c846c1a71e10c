#!/bin/sh
# class: page-ref-leak
# function: find_mm_struct (mm/migrate.c)
# expect: task put before it is asked for its mm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'find_mm_struct' 'rep(qr/\tmm = get_task_mm\(task\);\nout:\n\tput_task_struct\(task\);/, "\tput_task_struct(task);\n\tmm = get_task_mm(task);\n\tgoto done;\nout:\n\tput_task_struct(task);\ndone:")'
