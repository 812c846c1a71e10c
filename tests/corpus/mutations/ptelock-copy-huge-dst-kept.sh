#!/bin/sh
# class: pte-lock
# function: copy_huge_pmd (mm/huge_memory.c)
# expect: the lock of the target stays taken where the page may be pinned
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'copy_huge_pmd' 'rep(qr/\t\tspin_unlock\(dst_ptl\);\n/, "", 1)'
