#!/bin/sh
# class: notifier-unpaired
# function: collapse_huge_page (mm/khugepaged.c)
# expect: collapse goto before end
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'collapse_huge_page' 'after(qr/pte_ptl = pte_lockptr/, "\tif (unlikely(hpage_collapse_test_exit(mm))) {\n\t\tresult = SCAN_ANY_PROCESS;\n\t\tpte_unmap(pte);\n\t\tanon_vma_unlock_write(vma->anon_vma);\n\t\tgoto out_up_write;\n\t}\n")'
