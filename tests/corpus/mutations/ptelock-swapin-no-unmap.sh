#!/bin/sh
# class: pte-lock
# function: __collapse_huge_page_swapin (mm/khugepaged.c)
# expect: continue without pte_unmap()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" '__collapse_huge_page_swapin' 'rep(qr/\{\n\t\t\tpte_unmap\(vmf\.pte\);\n\t\t\tcontinue;\n\t\t\}/, "\n\t\t\tcontinue;")'
