#!/bin/sh
# class: tlb-gather-unpaired
# function: uffd_wp_range (mm/userfaultfd.c)
# expect: tlb uffd finish conditional
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'uffd_wp_range' 'rep(qr/\ttlb_finish_mmu\(&tlb\);/, "\tif (enable_wp)\n\t\ttlb_finish_mmu(&tlb);")'
