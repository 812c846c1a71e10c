#!/bin/sh
# class: stale-vma-use
# function: madvise_collapse (mm/khugepaged.c)
# expect: collapse pgoff late
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/pgoff_t pgoff = linear_page_index\(vma, addr\);/, "pgoff_t pgoff;"); lnafter(qr/mmap_locked = false;/, "\t\t\tpgoff = linear_page_index(vma, addr);\n")'
