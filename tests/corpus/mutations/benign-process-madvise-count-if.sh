#!/bin/sh
# BENIGN: ?: becomes if
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' '$F =~ s/ret = \(total_len - iov_iter_count\(&iter\)\) \? : ret;/if (total_len != iov_iter_count(&iter))\n\t\tret = total_len - iov_iter_count(&iter);/ or die'
