#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: gup_pte_range (mm/gup.c)
# change: the step moves into the body
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'rep(qr/\(\*nr\)\+\+;\n\t\} while \(ptep\+\+, addr \+= PAGE_SIZE, addr != end\);/, "(*nr)++;\n\t\tptep++;\n\t\taddr += PAGE_SIZE;\n\t} while (addr != end);")'
