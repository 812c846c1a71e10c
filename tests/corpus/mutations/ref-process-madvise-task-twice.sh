#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: the task is given back twice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise' 'before(qr/goto release_mm;/, "\t\tput_task_struct(task);\n", 1)'
