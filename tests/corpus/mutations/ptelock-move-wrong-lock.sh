#!/bin/sh
# the wrong one of two locks is released
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_ptes' 'rep(qr/spin_unlock\(new_ptl\);/, "spin_unlock(old_ptl);")'
