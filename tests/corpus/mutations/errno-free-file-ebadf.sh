#!/bin/sh
# class: errno-contract
# function: madvise_free_single_vma (mm/madvise.c)
# expect: errno free file ebadf
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/if \(!vma_is_anonymous\(vma\)\)\n\t\treturn -EINVAL;/, "if (!vma_is_anonymous(vma))\n\t\treturn -EBADF;")'
