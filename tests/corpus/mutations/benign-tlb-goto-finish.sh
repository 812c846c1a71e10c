#!/bin/sh
# a goto to the finish instead of a break
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/error = -EACCES;\n\t\t\tbreak;/, "error = -EACCES;\n\t\t\tgoto finish;"); rep(qr/\ttlb_finish_mmu\(&tlb\);/, "finish:\n\ttlb_finish_mmu(&tlb);")'
