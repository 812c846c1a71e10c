#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_dontneed_free (mm/madvise.c)
# change: condition inverted with a goto over the slow path
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/if \(!userfaultfd_remove\(vma, start, end\)\) \{/, "if (userfaultfd_remove(vma, start, end))\n\t\tgoto zap;\n\t{"); rep(qr/\tif \(behavior == MADV_DONTNEED \|\|/, "zap:\n\tif (behavior == MADV_DONTNEED ||")'
