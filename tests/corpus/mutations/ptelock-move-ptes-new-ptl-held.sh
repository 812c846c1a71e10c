#!/bin/sh
# lock of the new page table not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_ptes' 'del(qr/if \(new_ptl != old_ptl\)/, 2)'
