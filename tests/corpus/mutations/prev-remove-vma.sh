#!/bin/sh
# prev is the VMA although the lock is dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/\*prev = NULL;/, "*prev = vma;")'
