#!/bin/sh
# the address of the pointer is handed to the walk
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'rep(qr/&swapin_walk_ops, vma\)/, "&swapin_walk_ops, &vma)")'
