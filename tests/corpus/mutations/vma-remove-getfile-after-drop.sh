#!/bin/sh
# reference taken after userfaultfd_remove() may have dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'my $g = cut(qr/get_file\(f\);/); before(qr/error = vfs_fallocate/, $g)'
