#!/bin/sh
# class: lock-dropped-in-batch
# function: remap_pte_range (mm/memory.c)
# expect: batch remap return in lazy
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remap_pte_range' 'rep(qr/\t\t\terr = -EACCES;\n\t\t\tbreak;/, "\t\t\tpte_unmap_unlock(mapped_pte, ptl);\n\t\t\treturn -EACCES;")'
