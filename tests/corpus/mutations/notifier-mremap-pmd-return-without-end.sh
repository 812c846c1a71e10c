#!/bin/sh
# return between range start and end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_page_tables' 'rep(qr/if \(!new_pmd\)\n\s*break;/, "if (!new_pmd)\n\t\t\treturn len + old_addr - old_end;")'
