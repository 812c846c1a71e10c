#!/bin/sh
# class: walk-progress
# function: gup_pte_range (mm/gup.c)
# expect: every address of the table gets the first entry
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/ptep\+\+, addr \+= PAGE_SIZE/, "addr += PAGE_SIZE")'
