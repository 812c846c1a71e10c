#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_walk_vmas (mm/madvise.c)
# change: for (;;) written as while (true), prev test split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/for \(;;\) \{/, "while (true) {"); rep(qr/if \(prev && start < prev->vm_end\)\n\s*start = prev->vm_end;/, "if (prev) {\n\t\t\tif (start < prev->vm_end)\n\t\t\t\tstart = prev->vm_end;\n\t\t}")'
