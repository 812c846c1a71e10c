#!/bin/sh
# class: sleep-in-atomic
# function: follow_pmd_mask (mm/gup.c)
# expect: follow pmd alloc under lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'rep(qr/\t\t\tspin_unlock\(ptl\);\n\t\t\tsplit_huge_pmd\(vma, pmd, address\);\n\t\t\tret = pte_alloc.*\n/, "\t\t\tret = pte_alloc(mm, pmd) ? -ENOMEM : 0;\n\t\t\tspin_unlock(ptl);\n\t\t\tsplit_huge_pmd(vma, pmd, address);\n")'
