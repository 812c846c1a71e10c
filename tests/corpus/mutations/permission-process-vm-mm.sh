#!/bin/sh
# class: destructive-remote
# function: process_vm_rw_core (mm/process_vm_access.c)
# expect: permission process vm mm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" 'process_vm_rw_core' 'rep(qr/mm = mm_access\(task, PTRACE_MODE_ATTACH_REALCREDS\);\n\tif \(IS_ERR\(mm\)\) \{\n\t\trc = PTR_ERR\(mm\);/, "mm = get_task_mm(task);\n\tif (!mm) {\n\t\trc = -ESRCH;")'
