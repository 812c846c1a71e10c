#!/bin/sh
# class: stale-vma-use
# function: madvise_collapse (mm/khugepaged.c)
# expect: the VMA is looked at after the scan of its file has dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/khugepaged.c" 'madvise_collapse' 'rep(qr/\t\tif \(!mmap_locked\)\n\t\t\t\*prev = NULL;/, "\t\tif (!mmap_locked) {\n\t\t\t*prev = NULL;\n\t\t\tif (vma->vm_flags & VM_LOCKED)\n\t\t\t\tlast_fail = SCAN_FAIL;\n\t\t}")'
