#!/bin/sh
# class: pte-lock
# function: follow_pmd_mask (mm/gup.c)
# expect: follow pmd unlock twice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'after(qr/page = follow_trans_huge_pmd/, "\tif (!page) {\n\t\tspin_unlock(ptl);\n\t\treturn no_page_table(vma, flags);\n\t}\n\tif (IS_ERR(page))\n\t\treturn page;\n")'
