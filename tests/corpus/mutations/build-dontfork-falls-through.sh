#!/bin/sh
# class: build
# function: madvise_vma_behavior (mm/madvise.c)
# expect: unannotated fall-through
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/new_flags \|= VM_DONTCOPY;\n\t\tbreak;/, "new_flags |= VM_DONTCOPY;")'
