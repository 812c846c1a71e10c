#!/bin/sh
# class: range-overflow
# function: vma_expandable (mm/mremap.c)
# expect: range vma expandable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'vma_expandable' 'rep(qr/\tif \(end < vma->vm_end\) \/\* overflow \*\/\n\t\treturn 0;\n/, "")'
