#!/bin/sh
# class: walk-progress
# function: change_pmd_range (mm/mprotect.c)
# expect: progress change pmd stands
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'change_pmd_range' 'rep(qr/while \(pmd\+\+, addr = next, addr != end\)/, "while (addr = next, addr != end)")'
