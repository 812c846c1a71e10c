#!/bin/sh
# class: walk-progress
# function: apply_to_pte_range (mm/memory.c)
# expect: progress apply pte stands
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'apply_to_pte_range' 'rep(qr/while \(pte\+\+, addr \+= PAGE_SIZE, addr != end\)/, "while (addr += PAGE_SIZE, addr != end)")'
