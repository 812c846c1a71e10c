#!/bin/sh
# unlock and return instead of a goto
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'unuse_pte' 'rep(qr/ret = 0;\n\t\tgoto out;/, "pte_unmap_unlock(pte, ptl);\n\t\tif (page != swapcache) {\n\t\t\tunlock_page(page);\n\t\t\tput_page(page);\n\t\t}\n\t\treturn 0;", 1)'
