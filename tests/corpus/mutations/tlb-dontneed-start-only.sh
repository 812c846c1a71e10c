#!/bin/sh
# an early return leaves the gather unfinished
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'unmap_region' 'after(qr/tlb_gather_mmu\(&tlb, mm\);/, "\tif (!mm->map_count)\n\t\treturn;\n")'
