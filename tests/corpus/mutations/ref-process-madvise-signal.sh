#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: the mm is not given back when a signal ends the loop
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5' 'before(qr/iovec = iov_iter_iovec\(&iter\);/, "\t\tif (fatal_signal_pending(current)) {\n\t\t\tret = -EINTR;\n\t\t\tgoto release_task;\n\t\t}\n");'
