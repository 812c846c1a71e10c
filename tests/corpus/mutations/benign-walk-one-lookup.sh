#!/bin/sh
# one lookup with a conditional address, while instead of for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_walk_vmas' 'rep(qr/if \(prev\)\n\s*vma = find_vma\(mm, prev->vm_end\);\n\s*else[^\n]*\n\s*vma = find_vma\(mm, start\);/, "vma = find_vma(mm, prev ? prev->vm_end : start);"); rep(qr/for \(;;\) \{/, "while (true) {")'
