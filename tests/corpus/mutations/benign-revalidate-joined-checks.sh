#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_dontneed_free (mm/madvise.c)
# change: both checks of the lookup in one condition
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'del(qr/if \(start < vma->vm_start\) \{/); rep(qr/if \(!vma\)/, "if (!vma || vma->vm_start > start)")'
