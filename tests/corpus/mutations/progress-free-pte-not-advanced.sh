#!/bin/sh
# the same entry in every round, except where a page was split
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_pte_range' 'rep(qr/pte\+\+, addr \+= PAGE_SIZE\)/, "addr += PAGE_SIZE)")'
