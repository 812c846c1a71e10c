#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: MADV_DOFORK does what MADV_DONTFORK does
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tcase MADV_DOFORK:\n[^\n]*\n[^\n]*\n[^\n]*\n/, "\tcase MADV_DOFORK:\n\t\tnew_flags |= VM_DONTCOPY;\n")'
