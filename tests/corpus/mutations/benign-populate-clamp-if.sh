#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_populate (mm/madvise.c)
# change: the end is brought down by a test
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/\t\ttmp_end = min_t\(unsigned long, end, vma->vm_end\);/, "\t\ttmp_end = vma->vm_end;\n\t\tif (end < tmp_end)\n\t\t\ttmp_end = end;")'
