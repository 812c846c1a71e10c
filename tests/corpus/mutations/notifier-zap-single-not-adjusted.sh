#!/bin/sh
# class: notifier-unpaired
# function: zap_page_range_single (mm/memory.c)
# expect: a shared page table is unmapped as a whole, only the given range was announced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range_single' 'rep(qr/\tif \(is_vm_hugetlb_page\(vma\)\)\n\s*adjust_range_if_pmd_sharing_possible\(vma, &range\.start,\n\s*&range\.end\);\n/, "")'
