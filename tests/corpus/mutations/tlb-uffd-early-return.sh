#!/bin/sh
# class: tlb-gather-unpaired
# function: uffd_wp_range (mm/userfaultfd.c)
# expect: tlb uffd early return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'uffd_wp_range' 'rep(qr/\ttlb_gather_mmu\(&tlb, dst_mm\);\n/, "\ttlb_gather_mmu(&tlb, dst_mm);\n\tif (!len)\n\t\treturn;\n")'
