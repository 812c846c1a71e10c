#!/bin/sh
# class: BENIGN
# function: split_huge_pages_pid (mm/huge_memory.c)
# expect: the reference is given back in both branches
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'split_huge_pages_pid' 'rep(qr/if \(!is_transparent_hugepage\(page\)\)\s*goto next;/, "if (!is_transparent_hugepage(page)) {\n\t\t\tput_page(page);\n\t\t\tcond_resched();\n\t\t\tcontinue;\n\t\t}");'
