#!/bin/sh
# class: tlb-gather-unpaired
# function: zap_page_range (mm/memory.c)
# expect: tlb zap range not gathered
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range' 'rep(qr/\ttlb_gather_mmu\(&tlb, vma->vm_mm\);\n/, "")'
