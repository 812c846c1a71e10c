#!/bin/sh
# class: page-ref-leak
# function: find_mm_struct (mm/migrate.c)
# expect: ref find mm task
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'find_mm_struct' 'rep(qr/\t\trcu_read_unlock\(\);\n\t\tmm = ERR_PTR\(-EPERM\);\n\t\tgoto out;/, "\t\trcu_read_unlock();\n\t\treturn ERR_PTR(-EPERM);")'
