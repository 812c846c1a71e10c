#!/bin/sh
# class: tlb-gather-unpaired
# function: madvise_cold (mm/madvise.c)
# expect: the helper finishes the gather, and so does its caller
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_page_range' 'after(qr/tlb_end_vma\(tlb, vma\);/, "\ttlb_finish_mmu(tlb);\n")'
