#!/bin/sh
# class: notifier-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: an empty range is announced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/range\.start, range\.end\);\n/, "range.start, range.start);\n", 1)'
