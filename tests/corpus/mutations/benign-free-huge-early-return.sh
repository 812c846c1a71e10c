#!/bin/sh
# benign: free huge early return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'madvise_free_huge_pmd' 'rep(qr/\tif \(!ptl\)\n\t\tgoto out_unlocked;/, "\tif (!ptl)\n\t\treturn false;"); rep(qr/\t\tput_page\(page\);\n\t\tgoto out_unlocked;/, "\t\tput_page(page);\n\t\treturn ret;"); rep(qr/out_unlocked:\n/, "")'
