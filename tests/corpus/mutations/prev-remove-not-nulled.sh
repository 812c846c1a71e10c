#!/bin/sh
# the walker is not told that the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'del(qr/\*prev = NULL;/)'
