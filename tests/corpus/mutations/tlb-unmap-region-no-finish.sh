#!/bin/sh
# class: tlb-gather-unpaired
# function: unmap_region (mm/mmap.c)
# expect: unmap region no finish
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'unmap_region' 'del(qr/tlb_finish_mmu/)'
