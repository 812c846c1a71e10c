#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: vma read before it is known to be one
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(!vma\)\n\t\t\treturn -ENOMEM;/, "if (vma->vm_mm != mm)\n\t\t\treturn -ENOMEM;")'
