#!/bin/sh
# the other process is not asked for access
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/mm_access\(task, PTRACE_MODE_READ_FSCREDS\)/, "get_task_mm(task)"); rep(qr/if \(IS_ERR\(mm\)\) \{\n\t\tret = PTR_ERR\(mm\);/, "if (!mm) {\n\t\tret = -ESRCH;")'
