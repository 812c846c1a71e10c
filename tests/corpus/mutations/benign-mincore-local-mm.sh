#!/bin/sh
# benign: mincore local mm
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'do_mincore' 'rep(qr/\tvma = find_vma\(current->mm, addr\);\n\tif \(!vma \|\| addr < vma->vm_start\)\n\t\treturn -ENOMEM;/, "\tvma = vma_lookup(current->mm, addr);\n\tif (!vma)\n\t\treturn -ENOMEM;")'
