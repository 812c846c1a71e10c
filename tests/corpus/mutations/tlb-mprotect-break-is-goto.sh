#!/bin/sh
# class: tlb-gather-unpaired
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: mprotect break is goto
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/(error = -EACCES;\n\t\t\t)break;/, "error = -EACCES;\n\t\t\tgoto out;")'
