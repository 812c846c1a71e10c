#!/bin/sh
# a refused behavior keeps the task
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/ret = -EINVAL;\n\t\tgoto release_task;/, "ret = -EINVAL;\n\t\tgoto free_iov;")'
