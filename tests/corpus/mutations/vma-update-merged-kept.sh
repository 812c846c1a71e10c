#!/bin/sh
# class: stale-vma-use
# function: madvise_update_vma (mm/madvise.c)
# expect: the VMA that vma_merge() may have freed is written to
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_update_vma' 'del(qr/vma = \*prev;/)'
