#!/bin/sh
# task given back before mm_access() uses it
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'my $p = cut(qr/put_task_struct\(task\);/); before(qr/mm = mm_access\(/, $p); rep(qr/release_task:\n/, ""); $F =~ s/goto release_task/goto free_iov/g'
