#!/bin/sh
# the VMA is read after the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'my $g = cut(qr/offset = \(loff_t\)/); before(qr/error = vfs_fallocate/, $g)'
