#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_remove (mm/madvise.c)
# change: vma fields copied into locals first, one exit label
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'rep(qr/error = vfs_fallocate\(f,/, "error = vfs_fallocate(f,"); rep(qr/offset = \(loff_t\)\(start - vma->vm_start\)\n\s*\+ \(\(loff_t\)vma->vm_pgoff << PAGE_SHIFT\);/, "base = vma->vm_start;\n\toffset = ((loff_t)vma->vm_pgoff << PAGE_SHIFT) + (loff_t)(start - base);"); rep(qr/loff_t offset;/, "loff_t offset;\n\tunsigned long base;")'
