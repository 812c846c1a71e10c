#!/bin/sh
# class: silent-default
# function: hugepage_madvise (mm/khugepaged.c)
# expect: other advice succeeds
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'hugepage_madvise' 'before(qr/\tcase MADV_NOHUGEPAGE:/, "\tdefault:\n\t\tbreak;\n")'
