#!/bin/sh
# class: range-rounding
# function: madvise_free_single_vma (mm/madvise.c)
# expect: range grown to whole PMDs
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/range.start, range.end\);\n\n\tlru/, "range.start, range.end);\n\trange.end = ALIGN(range.end, PMD_SIZE);\n\n\tlru")'
