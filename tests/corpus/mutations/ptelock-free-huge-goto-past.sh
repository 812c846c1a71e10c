#!/bin/sh
# a goto past the unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'madvise_free_huge_pmd' 'rep(qr/goto out;/, "goto out_unlocked;", 2)'
