#!/bin/sh
# class: behavior-matrix
# function: madvise_vma_behavior (mm/madvise.c)
# expect: KEEPONFORK dumps
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/new_flags &= ~VM_WIPEONFORK/, "new_flags |= VM_DONTDUMP")'
