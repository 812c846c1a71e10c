#!/bin/sh
# gather used and never set up
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'unmap_region' 'del(qr/tlb_gather_mmu\(&tlb, mm\);/)'
