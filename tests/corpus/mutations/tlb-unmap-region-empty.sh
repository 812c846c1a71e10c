#!/bin/sh
# class: tlb-gather-unpaired
# function: unmap_region (mm/mmap.c)
# expect: returns between gather and finish
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'unmap_region' 'after(qr/update_hiwater_rss\(mm\);/, "\tif (start >= end)\n\t\treturn;\n")'
