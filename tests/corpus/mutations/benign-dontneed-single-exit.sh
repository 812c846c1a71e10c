#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_dontneed_free (mm/madvise.c)
# change: the handlers are told apart by a switch
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\tif \(behavior == MADV_DONTNEED \|\| behavior == MADV_DONTNEED_LOCKED\)\n.*return -EINVAL;\n/s, "\tswitch (behavior) {\n\tcase MADV_DONTNEED:\n\tcase MADV_DONTNEED_LOCKED:\n\t\treturn madvise_dontneed_single_vma(vma, start, end);\n\tcase MADV_FREE:\n\t\treturn madvise_free_single_vma(vma, start, end);\n\t}\n\treturn -EINVAL;\n")'
