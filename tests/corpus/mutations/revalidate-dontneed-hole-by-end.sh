#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: only a vma wholly behind the range is refused, start may lie in a hole
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(start < vma->vm_start\) \{/, "if (end <= vma->vm_start) {");'
