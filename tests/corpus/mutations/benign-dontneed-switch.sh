#!/bin/sh
# benign: dontneed switch
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' 'rep(qr/\tif \(behavior == MADV_DONTNEED \|\|.*\n\}\n/s, "\tswitch (behavior) {\n\tcase MADV_DONTNEED:\n\tcase MADV_DONTNEED_LOCKED:\n\t\treturn madvise_dontneed_single_vma(vma, start, end);\n\tcase MADV_FREE:\n\t\treturn madvise_free_single_vma(vma, start, end);\n\tdefault:\n\t\treturn -EINVAL;\n\t}\n}\n")'
