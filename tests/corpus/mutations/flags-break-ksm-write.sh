#!/bin/sh
# class: flags-misread
# function: follow_trans_huge_pmd (mm/huge_memory.c)
# expect: !flags & FOLL_WRITE
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'follow_trans_huge_pmd' 'rep(qr/if \(flags & FOLL_TOUCH\)/, "if (!flags & FOLL_TOUCH)")'
