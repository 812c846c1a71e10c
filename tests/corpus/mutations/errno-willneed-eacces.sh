#!/bin/sh
# class: errno-contract
# function: madvise_remove (mm/madvise.c)
# expect: errno willneed eacces
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/if \(!vma_is_shared_maywrite\(vma\)\)\n\t\treturn -EACCES;/, "if (!vma_is_shared_maywrite(vma))\n\t\treturn -EPERM;")'
