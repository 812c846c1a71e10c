#!/bin/sh
# class: pte-lock
# function: madvise_free_pte_range (mm/madvise.c)
# expect: free goto next
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/goto out;/, "goto next;",1)'
