#!/bin/sh
# other names
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_ptes' 'rename_local("new_ptl", "to_lock"); rename_local("old_ptl", "from_lock"); rename_local("old_pte", "from")'
