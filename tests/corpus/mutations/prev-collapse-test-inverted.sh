#!/bin/sh
# prev is cleared when the lock is still held, and kept when it was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/if \(!mmap_locked\)\n(\s*)\*prev = NULL;/, "if (mmap_locked)\n\t\t\t*prev = NULL;")'
