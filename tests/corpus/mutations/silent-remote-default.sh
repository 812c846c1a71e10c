#!/bin/sh
# an unknown advice succeeds
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tcase MADV_COLLAPSE:\n\t\treturn madvise_collapse\(vma, prev, start, end\);/, "\tcase MADV_COLLAPSE:\n\t\treturn madvise_collapse(vma, prev, start, end);\n\tdefault:\n\t\treturn 0;")'
