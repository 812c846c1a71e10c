#!/bin/sh
# vma_merge() found nothing, and *prev stays NULL
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_update_vma' 'del(qr/\*prev = vma;/, 2)'
