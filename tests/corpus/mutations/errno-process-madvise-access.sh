#!/bin/sh
# the error of mm_access() is thrown away
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/ret = PTR_ERR\(mm\);/, "ret = -ESRCH;")'
