#!/bin/sh
# class: silent-default
# function: madvise_vma_behavior (mm/madvise.c)
# expect: every other advice is collapsed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/\tcase MADV_COLLAPSE:\n/, "\tcase MADV_COLLAPSE:\n\tdefault:\n")'
