#!/bin/sh
# class: walk-progress
# function: madvise_free_pte_range (mm/madvise.c)
# expect: free addr not back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'del(qr/addr -= PAGE_SIZE;/)'
