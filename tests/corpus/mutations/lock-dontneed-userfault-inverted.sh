#!/bin/sh
# class: mmap-lock-imbalance
# function: madvise_dontneed_free (mm/madvise.c)
# expect: result of userfaultfd_remove() read the wrong way round
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(!userfaultfd_remove\(/, "if (userfaultfd_remove(")'
