#!/bin/sh
# class: silent-default
# function: madvise_vma_behavior (mm/madvise.c)
# expect: whatever is not known is treated as MADV_KEEPONFORK
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'rep(qr/case MADV_KEEPONFORK:/, "default:")'
