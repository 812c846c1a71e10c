#!/bin/sh
# class: silent-default
# function: madvise_dontneed_free (mm/madvise.c)
# expect: whatever is not MADV_FREE is zapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\tif \(behavior == MADV_DONTNEED \|\| behavior == MADV_DONTNEED_LOCKED\)\n.*return -EINVAL;\n/s, "\treturn behavior == MADV_FREE ?\n\t\tmadvise_free_single_vma(vma, start, end) :\n\t\tmadvise_dontneed_single_vma(vma, start, end);\n")'
