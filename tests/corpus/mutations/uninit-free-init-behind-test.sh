#!/bin/sh
# filled in only for some VMAs
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range' 'rep(qr/\tmmu_notifier_range_init/, "\tif (!is_vm_hugetlb_page(vma))\n\t\tmmu_notifier_range_init")'
