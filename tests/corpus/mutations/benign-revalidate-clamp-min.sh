#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_dontneed_free (mm/madvise.c)
# change: the clamp as a minimum, before the rounding check
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'del(qr/if \(end > vma->vm_end\) \{/); rep(qr/(?=if \(!madvise_dontneed_free_valid_vma\(vma, start, &end,\n)/, "end = min(end, vma->vm_end);\n\t\t")'
