#!/bin/sh
# class: errno-contract
# function: madvise_vma_behavior (mm/madvise.c)
# expect: EOPNOTSUPP for a mapping of the wrong kind; madvise(2) documents EINVAL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/return -EINVAL;\n\t\tnew_flags \|= VM_WIPEONFORK;/, "return -EOPNOTSUPP;\n\t\tnew_flags |= VM_WIPEONFORK;")'
