#!/bin/sh
# class: build
# function: madvise_range_valid (mm/madvise.c)
# expect: a global function without a prototype
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static long madvise_dontneed_single_vma\(/, "bool madvise_range_valid(unsigned long start, unsigned long end)\n{\n\treturn start < end;\n}\n\nstatic long madvise_dontneed_single_vma(")'
