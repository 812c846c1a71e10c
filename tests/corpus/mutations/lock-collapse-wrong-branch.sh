#!/bin/sh
# the lock is taken where it is held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/out_maybelock:\n([^;]*?)if \(!mmap_locked\)/s, "out_maybelock:\n\tif (mmap_locked)")'
