#!/bin/sh
# class: errno-contract
# function: madvise_vma_behavior (mm/madvise.c)
# expect: EPERM for MADV_DOFORK of a VM_IO mapping
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/if \(vma->vm_flags & VM_IO\)\n\t\t\treturn -EINVAL;/, "if (vma->vm_flags & VM_IO)\n\t\t\treturn -EPERM;")'
