#!/bin/sh
# class: pte-lock
# function: zap_huge_pmd (mm/huge_memory.c)
# expect: ptelock zap pmd forgets
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'zap_huge_pmd' 'rep(qr/\t\} else if \(is_huge_zero_pmd\(orig_pmd\)\) \{\n\t\tzap_deposited_table\(tlb->mm, pmd\);\n\t\tspin_unlock\(ptl\);/, "\t} else if (is_huge_zero_pmd(orig_pmd)) {\n\t\tzap_deposited_table(tlb->mm, pmd);")'
