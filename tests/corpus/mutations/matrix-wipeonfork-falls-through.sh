#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: MADV_WIPEONFORK falls into MADV_KEEPONFORK
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/new_flags \|= VM_WIPEONFORK;\n\t\tbreak;/, "new_flags |= VM_WIPEONFORK;\n\t\tfallthrough;")'
