#!/bin/sh
# the target stands still while the source advances
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_page_tables' 'rep(qr/old_addr \+= extent, new_addr \+= extent/, "old_addr += extent")'
