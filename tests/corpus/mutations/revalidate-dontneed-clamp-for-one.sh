#!/bin/sh
# the end is clamped for one advice only
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(end > vma->vm_end\) \{/, "if (end > vma->vm_end && behavior == MADV_FREE) {")'
