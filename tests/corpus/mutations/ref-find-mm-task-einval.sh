#!/bin/sh
# class: page-ref-leak
# function: find_mm_struct (mm/migrate.c)
# expect: the task is not given back when the security hook refuses
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'find_mm_struct' 'rep(qr/mm = ERR_PTR\(security_task_movememory\(task\)\);\s*if \(IS_ERR\(mm\)\)\s*goto out;/, "mm = ERR_PTR(security_task_movememory(task));\n\tif (IS_ERR(mm))\n\t\treturn mm;");'
