#!/bin/sh
# class: range-rounding
# function: madvise_dontneed_free_valid_vma (mm/madvise.c)
# expect: valid vma up
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free_valid_vma' 'rep(qr/ALIGN_DOWN\(\*end, /, "ALIGN(*end, ")'
