#!/bin/sh
# the task is not given back where the mm cannot be had
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/ret = PTR_ERR\(mm\);\n\t\tgoto release_task;/, "ret = PTR_ERR(mm);\n\t\tgoto free_iov;")'
