#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: dontneed clamp inverted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(end > vma->vm_end\)/, "if (end < vma->vm_end)")'
