#!/bin/sh
# class: behavior-matrix
# function: madvise_dontneed_free (mm/madvise.c)
# expect: behavior dontneed locked dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(behavior == MADV_DONTNEED \|\| behavior == MADV_DONTNEED_LOCKED\)\n\t\treturn madvise_dontneed_single_vma/, "if (behavior == MADV_DONTNEED)\n\t\treturn madvise_dontneed_single_vma")'
