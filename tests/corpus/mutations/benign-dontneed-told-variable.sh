#!/bin/sh
# BENIGN: what userfaultfd_remove() said is kept in a variable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free' '$F =~ s/(struct mm_struct \*mm = vma->vm_mm;\n)/$1\tbool dropped;\n/ or die; rep(qr/\tif \(!userfaultfd_remove\(vma, start, end\)\) \{/, "\tdropped = !userfaultfd_remove(vma, start, end);\n\tif (dropped) {")'
