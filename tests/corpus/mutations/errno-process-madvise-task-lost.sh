#!/bin/sh
# what the lookup of the process said is lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/ret = PTR_ERR\(task\);/, "ret = -EINVAL;")'
