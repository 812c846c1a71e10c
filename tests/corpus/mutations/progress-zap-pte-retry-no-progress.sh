#!/bin/sh
# class: walk-progress
# function: zap_pte_range (mm/memory.c)
# expect: pte not advanced in the walk
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_pte_range' 'rep(qr/while \(pte\+\+, addr \+= PAGE_SIZE, addr != end\)/, "while (addr += PAGE_SIZE, addr != end)")'
