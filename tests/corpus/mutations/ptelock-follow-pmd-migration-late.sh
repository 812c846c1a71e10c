#!/bin/sh
# class: pte-lock
# function: follow_pmd_mask (mm/gup.c)
# expect: a migration entry leaves with the pmd lock held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'rep(qr/\tif \(unlikely\(!pmd_present\(\*pmd\)\)\) \{\n\t\tspin_unlock\(ptl\);\n(\t\tif \(likely\(!\(flags & FOLL_MIGRATION\)\)\)\n[^\n]*\n)/, "\tif (unlikely(!pmd_present(*pmd))) {\n\t\tif (likely(!(flags & FOLL_MIGRATION)))\n\t\t\treturn no_page_table(vma, flags);\n\t\tspin_unlock(ptl);\n")'
