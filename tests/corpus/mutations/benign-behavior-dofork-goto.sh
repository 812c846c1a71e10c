#!/bin/sh
# benign: refusal by the one way out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/if \(vma->vm_flags & VM_IO\)\n\t\t\treturn -EINVAL;/, "error = -EINVAL;\n\t\tif (vma->vm_flags & VM_IO)\n\t\t\tgoto out;")'
