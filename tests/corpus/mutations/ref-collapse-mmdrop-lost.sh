#!/bin/sh
# class: page-ref-leak
# function: madvise_collapse (mm/khugepaged.c)
# expect: collapse mmdrop lost
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/\tmmdrop\(mm\);\n/, "")'
