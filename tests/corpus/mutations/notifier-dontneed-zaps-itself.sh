#!/bin/sh
# class: notifier-unpaired
# function: madvise_dontneed_single_vma (mm/madvise.c)
# expect: page tables are zapped and no notifier is told
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_single_vma' 'rep(qr/\tzap_page_range_single\(vma, start, end - start, NULL\);/, "\tstruct mmu_gather tlb;\n\n\tlru_add_drain();\n\ttlb_gather_mmu(&tlb, vma->vm_mm);\n\tupdate_hiwater_rss(vma->vm_mm);\n\tunmap_page_range(&tlb, vma, start, end, NULL);\n\ttlb_finish_mmu(&tlb);\n")'
