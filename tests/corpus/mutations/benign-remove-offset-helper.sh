#!/bin/sh
# benign: remove offset helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static long madvise_remove\(/, "static loff_t madvise_file_offset(struct vm_area_struct *vma, unsigned long start)\n{\n\treturn (loff_t)(start - vma->vm_start) + ((loff_t)vma->vm_pgoff << PAGE_SHIFT);\n}\n\nstatic long madvise_remove("); rep(qr/\t\treturn -EACCES;\n\n\toffset = \(loff_t\)\(start - vma->vm_start\)\n\t\t\t\+ \(\(loff_t\)vma->vm_pgoff << PAGE_SHIFT\);/, "\t\treturn -EACCES;\n\n\toffset = madvise_file_offset(vma, start);")'
