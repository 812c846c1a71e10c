#!/bin/sh
# class: stale-vma-use
# function: __mcopy_atomic (mm/userfaultfd.c)
# expect: after the copy outside the lock the loop goes on with the old vma
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" '__mcopy_atomic' 'rep(qr/goto retry;/, "mmap_read_lock(dst_mm);\n\t\t\tcontinue;");  rep(qr/^retry:\n/m, "");'
