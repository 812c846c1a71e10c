#!/bin/sh
# BENIGN: the bounds are computed in the parameters
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' '$F =~ s/range\.start = max\(vma->vm_start, start_addr\);\n\tif \(range\.start >= vma->vm_end\)/start_addr = max(vma->vm_start, start_addr);\n\tif (start_addr >= vma->vm_end)/ or die; $F =~ s/range\.end = min\(vma->vm_end, end_addr\);\n\tif \(range\.end <= vma->vm_start\)/end_addr = min(vma->vm_end, end_addr);\n\tif (end_addr <= vma->vm_start)/ or die; $F =~ s/range\.start, range\.end\);/start_addr, end_addr);/ or die'
