#!/bin/sh
# class: silent-default
# function: madvise_dontneed_free (mm/madvise.c)
# expect: everything that is not MADV_FREE is zapped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(behavior == MADV_DONTNEED \|\| behavior == MADV_DONTNEED_LOCKED\)\s*return madvise_dontneed_single_vma\(vma, start, end\);\s*else if \(behavior == MADV_FREE\)\s*return madvise_free_single_vma\(vma, start, end\);\s*else\s*return -EINVAL;/, "if (behavior == MADV_FREE)\n\t\treturn madvise_free_single_vma(vma, start, end);\n\treturn madvise_dontneed_single_vma(vma, start, end);");'
