#!/bin/sh
# BENIGN: the piece is the smaller of two ends
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/tmp = vma->vm_end;\n\t\tif \(end < tmp\)\n\t\t\ttmp = end;/, "tmp = min(end, vma->vm_end);")'
