#!/bin/sh
# class: missing-revalidation
# function: madvise_dontneed_free (mm/madvise.c)
# expect: dontneed hole wrong bound
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/start < vma->vm_start/, "start >= vma->vm_end",1)'
