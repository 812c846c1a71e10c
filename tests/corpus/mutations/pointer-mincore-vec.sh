#!/bin/sh
# the address of the pointer for the pointer
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'do_mincore' 'rep(qr/&mincore_walk_ops, vec\)/, "&mincore_walk_ops, &vec)")'
