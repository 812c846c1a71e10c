#!/bin/sh
# class: destructive-remote
# function: find_mm_struct (mm/migrate.c)
# expect: permission move pages ptrace
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'find_mm_struct' 'rep(qr/\tif \(!ptrace_may_access\(task, PTRACE_MODE_READ_REALCREDS\)\) \{\n\t\trcu_read_unlock\(\);\n\t\tmm = ERR_PTR\(-EPERM\);\n\t\tgoto out;\n\t\}\n/, "")'
