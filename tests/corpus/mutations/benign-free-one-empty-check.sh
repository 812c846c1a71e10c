#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_free_single_vma (mm/madvise.c)
# change: one check for an empty range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/\tif \(range\.start >= vma->vm_end\)\n\t\treturn -EINVAL;\n/, ""); rep(qr/if \(range\.end <= vma->vm_start\)/, "if (range.start >= range.end)")'
