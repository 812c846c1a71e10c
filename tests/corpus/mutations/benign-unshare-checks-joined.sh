#!/bin/sh
# benign: two early returns joined
. "$(dirname "$0")/lib.sh"
edit "$1/mm/hugetlb.c" 'hugetlb_unshare_pmds' 'rep(qr/\tif \(!\(vma->vm_flags & VM_MAYSHARE\)\)\n\t\treturn;\n\n\tif \(start >= end\)\n\t\treturn;/, "\tif (start >= end || !(vma->vm_flags & VM_MAYSHARE))\n\t\treturn;")'
