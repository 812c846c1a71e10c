#!/bin/sh
# class: pte-lock
# function: move_ptes (mm/mremap.c)
# expect: new_ptl unlocked although it may be the same lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_ptes' 'rep(qr/if \(new_ptl != old_ptl\)\n(\s*)spin_unlock\(new_ptl\);/, "spin_unlock(new_ptl);")'
