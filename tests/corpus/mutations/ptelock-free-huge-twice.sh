#!/bin/sh
# class: pte-lock
# function: madvise_free_huge_pmd (mm/huge_memory.c)
# expect: the pmd lock is released twice after a split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'madvise_free_huge_pmd' 'rep(qr/put_page\(page\);\s*goto out_unlocked;/, "put_page(page);\n\t\tgoto out;");'
