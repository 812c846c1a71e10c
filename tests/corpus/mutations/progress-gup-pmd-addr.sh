#!/bin/sh
# class: walk-progress
# function: gup_pmd_range (mm/gup.c)
# expect: gup pmd addr
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pmd_range' 'rep(qr/pmdp\+\+, addr = next, addr != end/, "pmdp++, addr != end")'
