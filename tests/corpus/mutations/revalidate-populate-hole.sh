#!/bin/sh
# class: missing-revalidation
# function: madvise_populate (mm/madvise.c)
# expect: find_vma() may find a VMA behind a hole
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_populate' 'rep(qr/vma_lookup\(mm, start\)/, "find_vma(mm, start)")'
