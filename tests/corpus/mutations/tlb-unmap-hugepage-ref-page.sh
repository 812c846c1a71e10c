#!/bin/sh
# class: tlb-gather-unpaired
# function: unmap_hugepage_range (mm/hugetlb.c)
# expect: finished only where no page is given
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'unmap_hugepage_range' 'rep(qr/\ttlb_finish_mmu/, "\tif (!ref_page)\n\t\ttlb_finish_mmu")'
