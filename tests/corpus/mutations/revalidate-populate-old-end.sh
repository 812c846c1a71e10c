#!/bin/sh
# the end of the VMA is taken once, before the lock was dropped
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' '$F =~ s/(\tlong pages;\n\n)(\t\*prev = vma;\n)/$1$2\ttmp_end = min_t(unsigned long, end, vma->vm_end);\n/ or die; del(qr/\t\ttmp_end = min_t/)'
