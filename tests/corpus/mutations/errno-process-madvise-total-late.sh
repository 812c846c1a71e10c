#!/bin/sh
# total_len taken after the loop: the bytes done are zero
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'my $t = cut(qr/total_len = iov_iter_count/); before(qr/ret = \(total_len - /, $t)'
